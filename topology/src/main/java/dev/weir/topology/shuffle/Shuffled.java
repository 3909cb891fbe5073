package dev.weir.topology.shuffle;

import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.time.Watermark;

/** A message from one stage to the next; ingest → aggregate it is a pack of deltas, or a {@link SeriesEvent}, keyed by series. */
public sealed interface Shuffled permits SeriesEvent, MovedState, Shuffled.Deltas, Shuffled.RuleInputs, Shuffled.Time {
    /** The partition of what has arrived. */
    int ARRIVED = -1;

    /** A {@link DeltaPack} on its way to a partition: ingest → aggregate, without a key. */
    final class Deltas implements Shuffled {
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

    /** Panes of one start of series that the group selects, as a {@link DeltaPack}: aggregate → rules, keyed by rule group. */
    final class RuleInputs implements Shuffled {
        private final String group;
        private final int partition;
        private final byte[] pack;

        public RuleInputs(String group, int partition, byte[] pack) {
            this.group = group;
            this.partition = partition;
            this.pack = pack;
        }

        /** Such that have arrived. */
        public RuleInputs(String group, byte[] pack) {
            this(group, ARRIVED, pack);
        }

        /** The partition they go to. */
        public int partition() {
            return partition;
        }

        public String group() {
            return group;
        }

        /** The bytes, not copied: do not change. */
        public byte[] pack() {
            return pack;
        }
    }

    /** Event time of one upstream partition, and the rules it follows, sent to every partition. */
    record Time(Watermark watermark, Announcement rules) implements Shuffled {}
}
