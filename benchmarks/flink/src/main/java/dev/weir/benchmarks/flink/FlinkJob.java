package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.engine.measure.PassSettings;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Source, windows of a minute by series, transactional sink; heap state, objects reused. */
final class FlinkJob {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LATENESS = Duration.ofSeconds(2);
    private static final String TRANSACTION_TIMEOUT_MS = "600000";
    private static final String BATCH_BYTES = String.valueOf(128 << 10);

    private FlinkJob() {}

    static StreamGraph graph(PassSettings settings, String name, Configuration configuration) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        String output = settings.prefix() + ".flink";
        environment
                .fromSource(source(settings, name), watermarks(), "events")
                .keyBy(Sample::series, new OwnType<>(SeriesKey.class, SeriesKeySerializer.INSTANCE))
                .window(TumblingEventTimeWindows.of(WINDOW))
                .aggregate(
                        new WindowAggregation(),
                        new WindowPublisher(settings.registry(), output),
                        new OwnType<>(WindowState.class, WindowStateSerializer.INSTANCE),
                        new OwnType<>(WindowState.class, WindowStateSerializer.INSTANCE),
                        TypeInformation.of(new TypeHint<Tuple2<byte[], byte[]>>() {}))
                .sinkTo(sink(settings, name, output));
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        return graph;
    }

    private static KafkaSource<Sample> source(PassSettings settings, String group) {
        return KafkaSource.<Sample>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setTopics(settings.topic())
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new SampleReader(settings.registry()))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .build();
    }

    private static WatermarkStrategy<Sample> watermarks() {
        return WatermarkStrategy.<Sample>forBoundedOutOfOrderness(LATENESS)
                .withTimestampAssigner((sample, recordTime) -> sample.timestampMs());
    }

    private static KafkaSink<Tuple2<byte[], byte[]>> sink(PassSettings settings, String name, String output) {
        return KafkaSink.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(name)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS)
                .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
                .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES)
                .setRecordSerializer(new PublishedSerializer(output))
                .build();
    }
}
