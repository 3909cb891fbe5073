package dev.weir.notify;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertTransition;
import dev.weir.notify.NotifierStatus.State;
import dev.weir.serde.AvroDeserializer;
import dev.weir.serde.RegistryUnavailableException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Alertmanagers told of the alerts of one topic, as Prometheus' notifier does.
 *
 * <p>Every process reads the whole topic, without a consumer group, and tells every Alertmanager of everything: at least
 * once. Alertmanager knows an alert by its labels, so what several processes say, or one says again, is one alert and one
 * notification; no process has to notice that another has died. Nothing is stored: after a restart the topic says again
 * what fires, and what ended in the last 15 minutes.
 *
 * <p>Nobody is told anything before the topic has been read to the end it had at the start. One thread of its own and one
 * for each Alertmanager; the methods here are safe from any.
 */
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int ANSWER_WITHIN_MS = 5_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final NotifySettings settings;
    private final InstantSource clock;
    private final StateTopic topic;
    private final EventTime eventTime;
    private final CatchUp catchUp;
    private final TrackedAlerts alerts;
    private final List<AlertmanagerLoop> loops;
    private final Thread thread = new Thread(this::run, "weir-notify");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean reading = true;
    private volatile Progress progress = new Progress(State.READING, null, 0, 0, 0);

    private record Progress(State state, @Nullable String reason, int firing, int held, long undecodable) {}

    /**
     * Makes a notifier that does nothing yet.
     *
     * @param kafka at least {@code bootstrap.servers}; group, isolation and deserializers are the notifier's own
     * @param registry configuration of the serde, by Confluent's keys
     * @throws IllegalArgumentException if {@code caFile} holds no certificates
     */
    public Notifier(
            NotifySettings settings, Map<String, Object> kafka, Map<String, Object> registry, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        alerts = new TrackedAlerts(settings.resend(), settings.maxDelay());
        HttpClient client = HttpClients.trusting(settings.caFile(), settings.timeout());
        loops = settings.alertmanagers().stream()
                .map(url -> new AlertmanagerLoop(
                        url,
                        new AlertPost(client, url, settings.credentials(), settings.timeout()),
                        settings.queueCapacity()))
                .toList();
        topic = new StateTopic(
                settings.stateTopic(), consumer(kafka), Notifier.<AlertTransition>deserializer(registry));
        eventTime = new EventTime(
                settings.aggregatesTopic(), consumer(kafka), Notifier.<WindowAggregate>deserializer(registry));
        catchUp = new CatchUp(eventTime::newest, settings.maxDelay());
    }

    /** Begins to read; returns at once, also when Kafka or an Alertmanager is away. Called once. */
    public void start() {
        loops.forEach(AlertmanagerLoop::start);
        thread.start();
    }

    /** What it does now. */
    public NotifierStatus status() {
        Progress now = progress;
        return new NotifierStatus(
                now.state(),
                now.reason(),
                now.firing(),
                now.held(),
                now.undecodable(),
                loops.stream().map(AlertmanagerLoop::status).toList());
    }

    /** Stops soon; what waits to be told, the next process reads again. */
    @Override
    public void close() {
        stopping.countDown();
        topic.wakeup();
        loops.forEach(AlertmanagerLoop::close);
        if (thread.getState() == Thread.State.NEW) {
            topic.close();
            eventTime.close();
        }
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} has not ended after {}", thread.getName(), CLOSE_LIMIT);
        }
    }

    private void run() {
        try (topic;
                eventTime) {
            while (stopping.getCount() > 0) {
                step();
            }
            now(State.CLOSED, null);
        } catch (WakeupException e) {
            now(State.CLOSED, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            now(State.FAILED, describe(e));
            LOG.error("Notifier of {} has failed and stopped", settings.stateTopic(), e);
        }
    }

    private void step() throws InterruptedException {
        try {
            topic.poll(POLL, transition -> alerts.observe(transition, clock.instant()), alerts::forget);
            if (reading && topic.isReadToEnd()) {
                reading = false;
                LOG.info("{} is read, {} alerts fire", settings.stateTopic(), alerts.firing());
            }
            tell();
            now(reading ? State.READING : State.RUNNING, null);
        } catch (RegistryUnavailableException | RetriableException e) {
            if (progress.state() != State.WAITING) {
                LOG.warn("Notifier of {} waits, nothing is lost: {}", settings.stateTopic(), describe(e));
            }
            tell();
            now(State.WAITING, describe(e));
            if (stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Told to stop while waiting");
            }
        }
    }

    private void tell() {
        if (reading) {
            return;
        }
        Instant now = clock.instant();
        List<PostedAlert> due = alerts.due(now, () -> catchUp.isCurrent(now)).stream()
                .map(alert -> PostedAlert.of(alert, now, settings))
                .toList();
        if (!due.isEmpty()) {
            loops.forEach(loop -> loop.enqueue(due));
        }
    }

    private void now(State state, @Nullable String reason) {
        progress = new Progress(state, reason, alerts.firing(), alerts.held(), topic.undecodable());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // While it waits for a broker, nobody is told anything.
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static <T> AvroDeserializer<T> deserializer(Map<String, Object> registry) {
        Map<String, Object> config = new HashMap<>(registry);
        config.put("specific.avro.reader", true);
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(config, false);
        return deserializer;
    }

    private static String describe(Throwable e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
