package dev.weir.alerting.unittest;

import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.group.RecordedSample;
import dev.weir.alerting.plan.Selection;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Samples of gauges in memory, read one by one, so that every instant and every range is exact. */
final class SampleStore implements PaneSource {
    private static final int MAX_SAMPLES = 1_000_000;

    private final Map<Series, NavigableMap<Long, Double>> samples = new LinkedHashMap<>();
    private int size;

    void add(RecordedSample sample) {
        add(sample.series(), sample.timestampMs(), sample.value());
    }

    /**
     * Adds a sample; of several at one instant the first stays.
     *
     * @throws EvaluationException if there are {@value #MAX_SAMPLES}
     */
    void add(Series series, long timestampMs, double value) {
        if (size == MAX_SAMPLES) {
            throw new EvaluationException("a test has more than " + MAX_SAMPLES + " samples");
        }
        samples.computeIfAbsent(series, absent -> new TreeMap<>()).putIfAbsent(timestampMs, value);
        size++;
    }

    @Override
    public List<SeriesPanes> read(Selection selection, long fromMs, long toMs) {
        List<SeriesPanes> read = new ArrayList<>();
        samples.forEach((series, byTime) -> {
            NavigableMap<Long, Double> inRange = byTime.subMap(fromMs, true, toMs, false);
            if (!inRange.isEmpty() && selection.selects(series)) {
                List<Point> points = new ArrayList<>();
                inRange.forEach((timestampMs, value) -> points.add(new Point(timestampMs, value)));
                read.add(new SeriesPanes(series, List.of(), points));
            }
        });
        return read;
    }
}
