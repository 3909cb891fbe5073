package dev.weir.topology.shuffle;

import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.topology.time.Watermark;

/** A message from one stage to the next; ingest → aggregate it is a {@link SeriesEvent}, keyed by series. */
public sealed interface Shuffled permits SeriesEvent, Shuffled.Deltas, Shuffled.RuleInput, Shuffled.Time {
    /** A {@link DeltaPack} for one partition: ingest → aggregate. Owner of the bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would be made for each pack.
    record Deltas(int partition, byte[] pack) implements Shuffled {}

    /** A closed pane of a series that the group selects: aggregate → rules, keyed by rule group. */
    record RuleInput(String group, Series series, Pane pane) implements Shuffled {}

    /** Event time of one upstream partition, sent to every partition. */
    record Time(Watermark watermark) implements Shuffled {}
}
