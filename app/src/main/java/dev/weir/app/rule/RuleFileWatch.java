package dev.weir.app.rule;

import dev.weir.topology.ruleset.InvalidRulesException;
import dev.weir.topology.ruleset.ReloadStatus;
import dev.weir.topology.ruleset.RuleFeed;
import dev.weir.topology.ruleset.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings rule files on disk into the rules topic: all that have changed since, in one transaction, if all files on disk are good
 * together; the topic decides what runs, in every process.
 *
 * <p>A file that is gone from disk is taken out of the topic. What somebody has written to the topic by hand is left alone, also
 * where a file of that name is on disk. All processes should have the same files: the one that saw a change last wins. The
 * first {@link #look} belongs to the caller of {@link #start}, the others to a thread of its own.
 */
public final class RuleFileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFileWatch.class);
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private record Stamp(FileTime modified, long size) {}

    private final RuleFiles files;
    private final Function<Map<String, String>, RuleSet> parser;
    private final RuleFeed feed;
    private final RuleTopicWriter topic;
    private final ReloadStatus status;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread worker = new Thread(task, "rule-files");
        worker.setDaemon(true);
        return worker;
    });
    private final Set<String> overruled = new HashSet<>();
    private Map<Path, Stamp> seen = Map.of();
    private Map<String, @Nullable String> written = Map.of();
    private @Nullable SortedMap<String, String> texts;

    /** @param parser makes a set of texts by name, or throws {@link InvalidRulesException} */
    public RuleFileWatch(
            RuleFiles files,
            Function<Map<String, String>, RuleSet> parser,
            RuleFeed feed,
            RuleTopicWriter topic,
            ReloadStatus status) {
        this.files = files;
        this.parser = parser;
        this.feed = feed;
        this.topic = topic;
        this.status = status;
    }

    /** Looks at the files again and again. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(
                this::lookAgain, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("rule files cannot be brought into the topic, they are tried again: {}", e.getMessage());
            seen = Map.of();
            texts = null;
        }
    }

    /** Brings what has changed on disk since the last look into the topic. */
    public void look() {
        List<Path> found = files.find();
        Map<Path, Stamp> stamps = new HashMap<>();
        try {
            for (Path file : found) {
                stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
            }
            if (texts == null || !stamps.equals(seen)) {
                SortedMap<String, String> now = LoadedRules.texts(found);
                if (!now.equals(texts)) {
                    write(parser.apply(now).texts());
                    texts = now;
                }
                seen = stamps;
                status.recovered(ReloadStatus.Source.FILES);
            }
        } catch (InvalidRulesException e) {
            seen = stamps;
            status.failed(ReloadStatus.Source.FILES, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            status.failed(ReloadStatus.Source.FILES, String.valueOf(e.getMessage()));
        }
    }

    /** True if the feed has read back what was written last; a transaction is visible a moment after it is committed. */
    boolean isReadBack() {
        Map<String, RuleFeed.Entry> there = feed.entries();
        return written.entrySet().stream().allMatch(change -> {
            RuleFeed.Entry entry = there.get(change.getKey());
            return entry == null ? change.getValue() == null : entry.text().equals(change.getValue());
        });
    }

    private void write(SortedMap<String, String> now) {
        Map<String, RuleFeed.Entry> there = feed.entries();
        Map<String, @Nullable String> changes = new TreeMap<>();
        now.forEach((name, text) -> {
            RuleFeed.Entry entry = there.get(name);
            if (entry == null || (entry.fromFile() && !entry.text().equals(text))) {
                changes.put(name, text);
            } else if (!entry.fromFile() && overruled.add(name)) {
                LOG.warn(
                        "rule file {} on disk is not used: the rules topic has one of that name, written by hand; a"
                                + " tombstone there and a change here bring it back",
                        name);
            }
        });
        there.forEach((name, entry) -> {
            if (entry.fromFile() && !now.containsKey(name)) {
                changes.put(name, null);
            }
        });
        written = changes;
        if (!changes.isEmpty()) {
            topic.write(changes);
            LOG.info("rule files {} have changed on disk and are in the rules topic", changes.keySet());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("looking at rule files does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
