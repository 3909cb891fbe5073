package dev.weir.topology.crash;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.jspecify.annotations.Nullable;

/**
 * The stream's own clients, with producers and a restore consumer that end the process at a point that another thread has
 * set. {@link Runtime#halt} runs nothing more of it, as SIGKILL does. Thread-safe.
 */
final class HaltingClients implements KafkaClientSupplier {
    private static final int KILLED = 137;
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** A point, and how often it is passed before the process ends there. */
    private record Armed(KillPoint point, int passes) {}

    private final KafkaClientSupplier clients;
    private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();

    HaltingClients(KafkaClientSupplier clients) {
        this.clients = clients;
    }

    /** Ends the process when it comes to {@code point} for the time after {@code passes}. */
    void arm(KillPoint point, int passes) {
        armed.set(new Armed(point, passes));
    }

    private boolean waitsFor(KillPoint point) {
        Armed now = armed.get();
        return now != null && now.point() == point;
    }

    private void at(KillPoint point) {
        Armed now = armed.get();
        if (now == null || now.point() != point) {
            return;
        }
        if (now.passes() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
        armed.compareAndSet(now, new Armed(point, now.passes() - 1));
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return clients.getAdmin(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return clients.getConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return clients.getGlobalConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new HaltingProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new HaltingRestoreConsumer(config);
    }

    private static boolean insideCommit() {
        return STACK.walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == StreamTask.class
                && frame.getMethodName().equals("prepareCommit")));
    }

    private final class HaltingProducer extends KafkaProducer<byte[], byte[]> {
        HaltingProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            Future<RecordMetadata> sent = super.send(record, callback);
            if (waitsFor(KillPoint.IN_HOOK) && insideCommit()) {
                at(KillPoint.IN_HOOK);
            }
            return sent;
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            at(KillPoint.BEFORE_OFFSETS);
            super.sendOffsetsToTransaction(offsets, group);
        }

        @Override
        public void commitTransaction() {
            if (waitsFor(KillPoint.BEFORE_COMMIT)) {
                flush();
            }
            at(KillPoint.BEFORE_COMMIT);
            super.commitTransaction();
            at(KillPoint.AFTER_COMMIT);
        }
    }

    private final class HaltingRestoreConsumer extends KafkaConsumer<byte[], byte[]> {
        HaltingRestoreConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            if (!records.isEmpty()) {
                at(KillPoint.IN_RESTORE);
            }
            return records;
        }
    }
}
