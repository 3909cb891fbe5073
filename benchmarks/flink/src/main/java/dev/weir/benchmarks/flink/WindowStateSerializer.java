package dev.weir.benchmarks.flink;

import dev.weir.pane.Aggregate;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** For checkpoints: {@code length(4)} and Weir's own form of an aggregate, nothing behind length 0. */
final class WindowStateSerializer extends OwnSerializer<WindowState> {
    static final WindowStateSerializer INSTANCE = new WindowStateSerializer();

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public WindowState copy(WindowState from) {
        Aggregate aggregate = from.aggregate();
        return new WindowState(aggregate == null ? null : Aggregate.decode(ByteBuffer.wrap(aggregate.encode())));
    }

    @Override
    public void serialize(WindowState window, DataOutputView target) throws IOException {
        Aggregate aggregate = window.aggregate();
        byte[] bytes = aggregate == null ? new byte[0] : aggregate.encode();
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public WindowState deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new WindowState(bytes.length == 0 ? null : Aggregate.decode(ByteBuffer.wrap(bytes)));
    }

    @Override
    public TypeSerializerSnapshot<WindowState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Flink makes it by reflection. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
