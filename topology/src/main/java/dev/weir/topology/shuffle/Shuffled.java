package dev.weir.topology.shuffle;

import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.topology.time.Watermark;

/** A message from one stage to the next; ingest → aggregate it is a pack of deltas, or a {@link SeriesEvent}, keyed by series. */
public sealed interface Shuffled permits SeriesEvent, Shuffled.Deltas, Shuffled.RuleInput, Shuffled.Time {
    /** A {@link DeltaPack} on its way to a partition: ingest → aggregate, without a key. */
    final class Deltas implements Shuffled {
        /** The partition of a pack that has arrived. */
        static final int ARRIVED = -1;

        private final int partition;
        private final byte[] pack;

        public Deltas(int partition, byte[] pack) {
            this.partition = partition;
            this.pack = pack;
        }

        /** The partition it goes to. */
        public int partition() {
            return partition;
        }

        /** The bytes, not copied: do not change. */
        public byte[] pack() {
            return pack;
        }
    }

    /** A closed pane of a series that the group selects: aggregate → rules, keyed by rule group. */
    record RuleInput(String group, Series series, Pane pane) implements Shuffled {}

    /** Event time of one upstream partition, sent to every partition. */
    record Time(Watermark watermark) implements Shuffled {}
}
