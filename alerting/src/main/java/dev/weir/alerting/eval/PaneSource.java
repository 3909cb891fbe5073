package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import java.util.List;

/** Where an evaluation gets its panes from. */
public interface PaneSource {
    /**
     * The selected series that have panes beginning or samples in {@code [fromMs, toMs)}, each once, in any order.
     *
     * @param selection decides by {@link Selection#selects} which series
     */
    List<SeriesPanes> read(Selection selection, long fromMs, long toMs);

    /**
     * A series and what there is of it: panes of any length by time, and, of a gauge or running total, single samples by
     * time; at least one of either. A sample may be NaN, infinite or {@link Staleness#MARKER}. They are read, not changed.
     */
    record SeriesPanes(Series series, List<Pane> panes, List<Point> samples) {
        public SeriesPanes(Series series, List<Pane> panes) {
            this(series, panes, List.of());
        }
    }
}
