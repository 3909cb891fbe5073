package dev.weir.topology.rule;

import dev.weir.alerting.lifecycle.ActiveAlert;
import java.nio.ByteBuffer;

/**
 * An alert in the store: 8 bytes for the time, then the alert as it writes itself.
 *
 * @param changedMs wall clock at its last transition
 */
record StoredAlert(long changedMs, ActiveAlert alert) {
    static StoredAlert of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long changedMs = in.getLong();
        byte[] alert = new byte[in.remaining()];
        in.get(alert);
        return new StoredAlert(changedMs, ActiveAlert.decode(alert));
    }

    byte[] toBytes() {
        byte[] bytes = alert.encode();
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(changedMs)
                .put(bytes)
                .array();
    }
}
