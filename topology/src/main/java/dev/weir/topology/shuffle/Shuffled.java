package dev.weir.topology.shuffle;

import dev.weir.pane.Pane;
import dev.weir.series.Series;
import dev.weir.topology.time.Watermark;

/** A message from one stage to the next; ingest → aggregate it is a {@link SeriesEvent}, keyed by series. */
public sealed interface Shuffled permits SeriesEvent, Shuffled.RuleInput, Shuffled.Time {
    /** A closed pane of a series that the group selects: aggregate → rules, keyed by rule group. */
    record RuleInput(String group, Series series, Pane pane) implements Shuffled {}

    /** Event time of one upstream partition, sent to every partition. */
    record Time(Watermark watermark) implements Shuffled {}
}
