package dev.weir.topology.ruleset;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the rules topic, (name of a rule file → its text), compacted; a tombstone removes the file. Whenever it has read the
 * topic to its end, and so all of a transaction, all texts together are one set of rules: a good one becomes the newest of the
 * {@link RuleBook}, a bad one is refused whole and those before stay.
 *
 * <p>Every process reads the whole topic, without a consumer group. {@link #readToEnd} belongs to the thread that calls {@link
 * #follow} later; what the feed knows may be asked from any.
 */
public final class RuleFeed implements AutoCloseable {
    /** Header of a record that a file on disk became: the name of the file. Others were written by hand. */
    public static final String FROM_FILE = "weir-rule-file";

    private static final Logger LOG = LoggerFactory.getLogger(RuleFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** A rule file in the topic. */
    public record Entry(String text, boolean fromFile) {}

    private final KafkaConsumer<String, String> consumer;
    private final String topic;
    private final Function<Map<String, String>, RuleSet> parser;
    private final RuleBook book;
    private final ReloadStatus status;
    private final TreeMap<String, Entry> reading = new TreeMap<>();
    /** What the files were after each of the last records of the first reading: other processes may still run it. */
    private final Deque<Map<String, String>> past = new ArrayDeque<>();

    private boolean begun;
    private volatile SortedMap<String, Entry> entries = Collections.emptySortedMap();
    private volatile boolean closed;
    private @Nullable Thread thread;

    /**
     * A feed that has read nothing.
     *
     * @param kafka configuration of a consumer
     * @param parser makes a set of texts by name, or throws {@link InvalidRulesException}
     */
    public RuleFeed(
            Map<String, ?> kafka,
            String topic,
            Function<Map<String, String>, RuleSet> parser,
            RuleBook book,
            ReloadStatus status) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
        this.topic = topic;
        this.parser = parser;
        this.book = book;
        this.status = status;
    }

    /** Reads on to the end of the topic as it is now. */
    public void readToEnd() {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        while (!atEnd()) {
            take(consumer.poll(POLL));
        }
        past.forEach(this::remember);
        past.clear();
        begun = true;
        turn();
    }

    /** Follows the topic from now on, on a thread of its own. */
    public void follow() {
        Thread started = new Thread(this::run, "rule-feed");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** The files that the topic holds, by name; good or not. */
    public SortedMap<String, Entry> entries() {
        return entries;
    }

    private void run() {
        boolean unread = false;
        while (!closed) {
            try {
                unread |= take(consumer.poll(POLL));
                if (unread && atEnd()) {
                    turn();
                    unread = false;
                }
            } catch (WakeupException e) {
                // It is being closed.
            } catch (RuntimeException e) {
                LOG.warn("topic {} cannot be read, rules stay as they are: {}", topic, e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private boolean atEnd() {
        Collection<TopicPartition> partitions = consumer.assignment();
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private boolean take(ConsumerRecords<String, String> records) {
        for (ConsumerRecord<String, String> next : records) {
            String name = next.key();
            if (name == null || name.isEmpty()) {
                LOG.warn(
                        "record {}-{}@{} has no key, must be the name of a rule file",
                        topic,
                        next.partition(),
                        next.offset());
            } else if (next.value() == null) {
                reading.remove(name);
            } else {
                Header file = next.headers().lastHeader(FROM_FILE);
                boolean fromFile = file != null && Arrays.equals(file.value(), name.getBytes(StandardCharsets.UTF_8));
                reading.put(name, new Entry(next.value(), fromFile));
            }
            if (!begun) {
                past.add(texts());
                if (past.size() > RuleBook.REMEMBERED) {
                    past.remove();
                }
            }
        }
        return !records.isEmpty();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        reading.forEach((name, entry) -> texts.put(name, entry.text()));
        return texts;
    }

    private void remember(Map<String, String> texts) {
        try {
            book.remember(parser.apply(texts));
        } catch (InvalidRulesException e) {
            LOG.debug("rules of the past were refused: {}", e.getMessage());
        }
    }

    private void turn() {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(reading));
        try {
            RuleSet next = parser.apply(texts());
            boolean news = book.current().map(set -> set.id() != next.id()).orElse(true);
            if (news) {
                book.turnTo(next);
                status.succeeded(next);
            } else {
                status.recovered(ReloadStatus.Source.TOPIC);
            }
        } catch (InvalidRulesException e) {
            status.failed(ReloadStatus.Source.TOPIC, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        Thread following = thread;
        if (following != null) {
            try {
                following.join(CLOSE_TIMEOUT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (following == null || !following.isAlive()) {
            consumer.close();
        }
    }
}
