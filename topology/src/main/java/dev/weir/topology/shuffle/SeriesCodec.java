package dev.weir.topology.shuffle;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a series in internal topics and stores. */
public final class SeriesCodec {
    /*
     * Layout: metric, service, one byte for the kind, a byte 1 and the unit or a byte 0, varint number of labels, then name and
     * value of each in the order of names. A text is a varint length and UTF-8.
     */
    /** By their byte: append, never reorder. */
    private static final List<MetricKind> KINDS =
            List.of(MetricKind.COUNT, MetricKind.CUMULATIVE, MetricKind.GAUGE, MetricKind.OBSERVATION);

    private SeriesCodec() {}

    /** The bytes of a series; equal series have equal bytes. */
    public static byte[] encode(Series series) {
        ByteOutput out = new ByteOutput(128);
        out.putText(series.metric());
        out.putText(series.service());
        out.putByte(KINDS.indexOf(series.kind()));
        String unit = series.unit();
        out.putByte(unit == null ? 0 : 1);
        if (unit != null) {
            out.putText(unit);
        }
        out.putVarLong(series.labels().size());
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            out.putText(label.getKey());
            out.putText(label.getValue());
        }
        return out.toByteArray();
    }

    /**
     * The series whose bytes these are.
     *
     * @throws IllegalArgumentException if they are of no series
     */
    public static Series decode(byte[] bytes) {
        ByteInput in = new ByteInput().wrap(bytes);
        String metric = in.getText();
        String service = in.getText();
        MetricKind kind = kind(in.getByte());
        String unit = in.getByte() == 0 ? null : in.getText();
        TreeMap<String, String> labels = new TreeMap<>();
        for (long left = in.getVarLong(); left > 0; left--) {
            labels.put(in.getText(), in.getText());
        }
        return new Series(metric, service, labels, kind, unit);
    }

    private static MetricKind kind(int index) {
        if (index < 0 || index >= KINDS.size()) {
            throw new IllegalArgumentException(
                    "kind is " + index + ", must be 0 to " + (KINDS.size() - 1) + " (series in an internal topic)");
        }
        return KINDS.get(index);
    }
}
