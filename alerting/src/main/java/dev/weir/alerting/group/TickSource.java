package dev.weir.alerting.group;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Pane;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The panes before a tick and what the tick has written so far, so that a rule reads what those before it recorded. */
final class TickSource implements PaneSource {
    private final PaneSource before;
    private final Map<Series, Pane> written = new LinkedHashMap<>();

    TickSource(PaneSource before) {
        this.before = before;
    }

    /** False, and nothing happens, if this tick has already written the series: the first of several stays. */
    boolean write(RecordedSample sample) {
        return written.putIfAbsent(sample.series(), sample.pane()) == null;
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        Map<Series, List<Pane>> read = new LinkedHashMap<>();
        before.read(selection, fromMs, toMs).forEach(one -> read.put(one.series(), one.panes()));
        written.forEach((series, pane) -> {
            if (pane.startMs() >= fromMs && pane.startMs() < toMs && selection.selects(series)) {
                read.merge(series, List.of(pane), TickSource::joined);
            }
        });
        return read.entrySet().stream()
                .map(entry -> new SeriesPanes(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Pane> joined(List<Pane> earlier, List<Pane> later) {
        List<Pane> panes = new ArrayList<>(earlier);
        panes.addAll(later);
        return panes;
    }
}
