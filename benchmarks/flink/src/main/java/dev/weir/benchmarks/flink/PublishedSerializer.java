package dev.weir.benchmarks.flink;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Key and value as they are. */
final class PublishedSerializer implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {
    private final String topic;

    PublishedSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Tuple2<byte[], byte[]> window, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, window.f0, window.f1);
    }
}
