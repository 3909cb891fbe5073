package dev.weir.notify;

import static org.awaitility.Awaitility.await;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertTransition;
import dev.weir.events.MetricKind;
import dev.weir.serde.AvroSerializer;
import dev.weir.testing.kafka.EmbeddedBroker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** One test's own topics on the shared broker, with what is needed to feed them and to run a notifier over them. */
final class NotifyScene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration RESEND = Duration.ofMillis(400);
    static final Duration TIMEOUT = Duration.ofMillis(800);

    private static final int PARTITIONS = 2;

    final String stateTopic;
    final String aggregatesTopic;
    private final EmbeddedBroker broker;
    private final String registryUrl;
    private final Map<String, Object> registry;
    private final KafkaProducer<String, SpecificRecord> producer;

    NotifyScene(EmbeddedBroker broker, String name, String registryUrl) {
        this.broker = broker;
        this.registryUrl = registryUrl;
        stateTopic = name + ".alerts.state";
        aggregatesTopic = name + ".aggregates";
        registry = Map.of("schema.registry.url", registryUrl);
        broker.createTopic(stateTopic, PARTITIONS, Map.of("cleanup.policy", "compact"));
        broker.createTopic(aggregatesTopic, PARTITIONS, Map.of());
        AvroSerializer<SpecificRecord> values = new AvroSerializer<>();
        values.configure(registry, false);
        producer = new KafkaProducer<>(kafka(), new StringSerializer(), values);
    }

    Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    void send(AlertTransition... transitions) throws ExecutionException, InterruptedException {
        for (var sent : Arrays.stream(transitions)
                .map(each -> producer.send(
                        new ProducerRecord<String, SpecificRecord>(stateTopic, each.getFingerprint(), each)))
                .toList()) {
            sent.get();
        }
    }

    /** Publishes a window, as the stream does when it has passed the window's end. */
    void sendWindowEnding(Instant end) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(aggregatesTopic, "series", window(end)))
                .get();
    }

    NotifySettings settings(int queueCapacity, URI... alertmanagers) {
        return new NotifySettings(
                stateTopic,
                aggregatesTopic,
                List.of(alertmanagers),
                new Credentials.None(),
                Optional.empty(),
                RESEND,
                TIMEOUT,
                queueCapacity,
                NotifySettings.MAX_DELAY,
                new TreeMap<>(),
                "");
    }

    Notifier start(NotifySettings settings) {
        Notifier notifier = new Notifier(settings, kafka(), registry, InstantSource.system());
        notifier.start();
        return notifier;
    }

    /** The arguments of a {@link NotifierMain} over the same topics. */
    String[] childArguments(URI alertmanager) {
        return new String[] {
            broker.bootstrapServers(), registryUrl, stateTopic, aggregatesTopic, alertmanager.toString()
        };
    }

    Notifier start(URI... alertmanagers) {
        return start(settings(NotifySettings.QUEUE_CAPACITY, alertmanagers));
    }

    /** Until each Alertmanager has taken so many more alerts: time for it to notify more than it should. */
    static void awaitResends(Notifier notifier, int more) {
        List<Long> before = sent(notifier);
        await().atMost(PATIENCE).until(() -> {
            List<Long> now = sent(notifier);
            return IntStream.range(0, now.size()).allMatch(i -> now.get(i) >= before.get(i) + more);
        });
    }

    private static List<Long> sent(Notifier notifier) {
        return notifier.status().alertmanagers().stream()
                .map(AlertmanagerStatus::sent)
                .toList();
    }

    private static WindowAggregate window(Instant end) {
        return WindowAggregate.newBuilder()
                .setMetric("requests_total")
                .setService("api")
                .setLabels(Map.of())
                .setKind(MetricKind.COUNT)
                .setWindowStart(end.minusSeconds(60))
                .setWindowEnd(end)
                .setCount(1)
                .setSum(1)
                .setMin(1)
                .setMax(1)
                .setRate(1)
                .setQuantiles(List.of())
                .setFinal$(true)
                .setRevision(0)
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
