package dev.weir.alerting.group;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The panes before a tick and what the tick has written so far, so that a rule reads what those before it recorded. */
final class TickSource implements PaneSource {
    private final PaneSource before;
    private final Map<Series, Point> written = new LinkedHashMap<>();

    TickSource(PaneSource before) {
        this.before = before;
    }

    /** Of a series that this tick has not written yet. */
    void write(RecordedSample sample) {
        written.put(sample.series(), sample.point());
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        Map<Series, SeriesPanes> read = new LinkedHashMap<>();
        before.read(selection, fromMs, toMs).forEach(one -> read.put(one.series(), one));
        written.forEach((series, point) -> {
            if (point.timestampMs() >= fromMs && point.timestampMs() < toMs && selection.selects(series)) {
                read.merge(series, new SeriesPanes(series, List.of(), List.of(point)), TickSource::joined);
            }
        });
        return List.copyOf(read.values());
    }

    private static SeriesPanes joined(SeriesPanes earlier, SeriesPanes later) {
        List<Point> samples = new ArrayList<>(earlier.samples());
        samples.addAll(later.samples());
        return new SeriesPanes(earlier.series(), earlier.panes(), samples);
    }
}
