package dev.weir.benchmarks.flink;

import dev.weir.events.Outcome;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@code series timestamp(8) value(8) outcome(1)}, the outcome by its place in the schema, -1 for none. */
final class SampleSerializer extends OwnSerializer<Sample> {
    static final SampleSerializer INSTANCE = new SampleSerializer();

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int NONE = -1;

    @Override
    public void serialize(Sample sample, DataOutputView target) throws IOException {
        SeriesKeySerializer.INSTANCE.serialize(sample.series(), target);
        target.writeLong(sample.timestampMs());
        target.writeDouble(sample.value());
        Outcome outcome = sample.outcome();
        target.writeByte(outcome == null ? NONE : Arrays.binarySearch(OUTCOMES, outcome));
    }

    @Override
    public Sample deserialize(DataInputView source) throws IOException {
        SeriesKey series = SeriesKeySerializer.INSTANCE.deserialize(source);
        long timestampMs = source.readLong();
        double value = source.readDouble();
        int outcome = source.readByte();
        return new Sample(series, timestampMs, value, outcome == NONE ? null : OUTCOMES[outcome]);
    }

    @Override
    public TypeSerializerSnapshot<Sample> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Flink makes it by reflection. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sample> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
