package dev.weir.benchmarks.flink;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.pane.Aggregate;
import dev.weir.serde.AvroSerializer;
import dev.weir.series.Series;
import dev.weir.topology.aggregate.WindowRecord;
import dev.weir.topology.aggregate.WindowSize;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Encodes a closed window as Weir does: series key → WindowAggregate. */
final class WindowPublisher extends ProcessWindowFunction<WindowState, Tuple2<byte[], byte[]>, SeriesKey, TimeWindow> {
    private final Map<String, Object> registry;
    private final String topic;
    private transient @Nullable AvroSerializer<WindowAggregate> values;

    WindowPublisher(Map<String, Object> registry, String topic) {
        this.registry = Map.copyOf(registry);
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        AvroSerializer<WindowAggregate> serializer = new AvroSerializer<>();
        serializer.configure(registry, false);
        values = serializer;
    }

    @Override
    public void process(
            SeriesKey key, Context context, Iterable<WindowState> states, Collector<Tuple2<byte[], byte[]>> out) {
        Aggregate aggregate = Objects.requireNonNull(states.iterator().next().aggregate());
        Series series = key.series();
        byte[] value = Objects.requireNonNull(values)
                .serialize(topic, WindowRecord.of(WindowSize.MINUTE, context.window().getStart(), series, aggregate, 0));
        out.collect(Tuple2.of(series.key().getBytes(StandardCharsets.UTF_8), value));
    }
}
