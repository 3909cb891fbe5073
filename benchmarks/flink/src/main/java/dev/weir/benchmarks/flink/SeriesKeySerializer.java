package dev.weir.benchmarks.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@code hash(4) ofBatch(1) length(4) bytes}. */
final class SeriesKeySerializer extends OwnSerializer<SeriesKey> {
    static final SeriesKeySerializer INSTANCE = new SeriesKeySerializer();

    @Override
    public void serialize(SeriesKey key, DataOutputView target) throws IOException {
        target.writeInt(key.hashCode());
        target.writeBoolean(key.ofBatch());
        target.writeInt(key.bytes().length);
        target.write(key.bytes());
    }

    @Override
    public SeriesKey deserialize(DataInputView source) throws IOException {
        int hash = source.readInt();
        boolean ofBatch = source.readBoolean();
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new SeriesKey(hash, ofBatch, bytes);
    }

    @Override
    public TypeSerializerSnapshot<SeriesKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Flink makes it by reflection. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeriesKey> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
