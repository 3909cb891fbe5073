package dev.weir.topology.crash;

import dev.weir.testing.flood.Flood;
import dev.weir.testing.flood.FloodRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends a flood part by part on a thread of its own. Idempotent: a record is appended once, however often it is sent. */
final class Sender implements AutoCloseable {
    private static final Duration FLOW = Duration.ofSeconds(6);
    private static final int FLOW_PORTIONS = 60;

    private final Flood flood;
    private final String topic;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "sender");
        worker.setDaemon(true);
        return worker;
    });
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Sender(Flood flood, String bootstrapServers, String topic, int partitions) {
        this.flood = flood;
        this.topic = topic;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "linger.ms",
                        20,
                        "batch.size",
                        128 << 10,
                        "compression.type",
                        "lz4",
                        "delivery.timeout.ms",
                        600_000,
                        "max.block.ms",
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Sends until so many events of the plan are sent: half of what is missing at once, for a backlog, the rest as a flow over a
     * few seconds, or at once when there is more to do.
     */
    Future<?> sendUntil(long events) {
        waiting.incrementAndGet();
        return thread.submit(() -> {
            waiting.decrementAndGet();
            long flowFrom = (flood.events() + events) / 2;
            long portion = Math.max(1, (events - flowFrom) / FLOW_PORTIONS);
            sendEvents(flowFrom);
            while (flood.events() < events && flood.hasNext()) {
                sendEvents(Math.min(events, flood.events() + portion));
                if (waiting.get() == 0) {
                    LockSupport.parkNanos(FLOW.dividedBy(FLOW_PORTIONS).toNanos());
                }
            }
        });
    }

    private void sendEvents(long until) {
        while (flood.events() < until && flood.hasNext()) {
            send(flood.next());
        }
    }

    /** Sends what is left and waits until the broker has everything. */
    void finish() throws ExecutionException, InterruptedException {
        waiting.incrementAndGet();
        thread.submit(() -> {
                    while (flood.hasNext()) {
                        send(flood.next());
                    }
                    producer.flush();
                })
                .get();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("an event was not sent", failed);
        }
    }

    private void send(FloodRecord record) {
        Future<?> unused = producer.send(
                new ProducerRecord<>(topic, record.group() % partitions, null, record.value()), (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close();
    }
}
