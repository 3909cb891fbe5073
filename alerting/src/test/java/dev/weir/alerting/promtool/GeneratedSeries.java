package dev.weir.alerting.promtool;

import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.eval.PaneSource.SeriesPanes;
import dev.weir.alerting.eval.Staleness;
import dev.weir.events.MetricKind;
import dev.weir.pane.Aggregate;
import dev.weir.pane.Pane;
import dev.weir.pane.Point;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Values of one series at equal distances from time zero, in promtool's notation; told to promtool and to us alike.
 *
 * @param paned told to us as panes of one sample each, as a stream does, and not as bare samples
 */
record GeneratedSeries(Series series, List<String> values, long intervalMs, boolean paned) {
    GeneratedSeries {
        values = List.copyOf(values);
    }

    static PaneSource source(List<GeneratedSeries> all) {
        List<SeriesPanes> panes = all.stream().map(GeneratedSeries::panes).toList();
        return (selection, fromMs, toMs) -> panes.stream()
                .filter(series -> selection.selects(series.series()))
                .map(series -> inRange(series, fromMs, toMs))
                .filter(series -> !series.panes().isEmpty() || !series.samples().isEmpty())
                .toList();
    }

    GeneratedSeries withValues(List<String> other) {
        return new GeneratedSeries(series, other, intervalMs, paned);
    }

    String toYaml() {
        String labels = series.allLabels().entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
        return "      - {series: '" + series.metric() + labels + "', values: '" + String.join(" ", values) + "'}\n";
    }

    private static SeriesPanes inRange(SeriesPanes series, long fromMs, long toMs) {
        List<Pane> panes = series.panes().stream()
                .filter(pane -> pane.startMs() >= fromMs && pane.startMs() < toMs)
                .toList();
        List<Point> samples = series.samples().stream()
                .filter(point -> point.timestampMs() >= fromMs && point.timestampMs() < toMs)
                .toList();
        return new SeriesPanes(series.series(), panes, samples);
    }

    private SeriesPanes panes() {
        List<Pane> panes = new ArrayList<>();
        List<Point> samples = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).equals("_")) {
                continue;
            }
            double value = number(values.get(i));
            if (paned && Double.isFinite(value)) {
                Aggregate aggregate = new Aggregate(series.kind(), SketchRange.of(series.metric(), null));
                aggregate.record(i * intervalMs, value, null);
                panes.add(new Pane(i * intervalMs, aggregate));
            } else {
                samples.add(new Point(i * intervalMs, value));
            }
        }
        return new SeriesPanes(series, panes, samples);
    }

    private static double number(String value) {
        return switch (value) {
            case "stale" -> Staleness.MARKER;
            case "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value);
        };
    }

    static Series series(MetricKind kind, String metric, List<String> labels) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.size(); i += 2) {
            map.put(labels.get(i), labels.get(i + 1));
        }
        String service = map.remove("service");
        return Series.of(metric, service == null ? "" : service, map, kind, null);
    }
}
