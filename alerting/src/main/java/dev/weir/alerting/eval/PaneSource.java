package dev.weir.alerting.eval;

import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import java.util.List;

/** Where an evaluation gets its panes from. */
public interface PaneSource {
    /**
     * The selected series that have panes beginning in {@code [fromMs, toMs)}, each once, in any order.
     *
     * @param selection decides by {@link Selection#selects} which series
     */
    List<SeriesPanes> read(Selection selection, long fromMs, long toMs);

    /** A series and its panes by time; at least one. The panes are read, not changed. */
    record SeriesPanes(Series series, List<Pane> panes) {}
}
