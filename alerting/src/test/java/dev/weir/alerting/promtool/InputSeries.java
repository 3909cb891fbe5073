package dev.weir.alerting.promtool;

import dev.weir.alerting.eval.RecordedPanes;
import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Values of one series every 20 s from time zero, {@code _} where there is none; told to promtool and to us alike. */
record InputSeries(Series series, List<String> values) {
    static final long INTERVAL_MS = 20_000;
    static final long BASE_MS = 1_700_000_000_000L;

    static InputSeries of(MetricKind kind, String values, String metric, String... labels) {
        return new InputSeries(RecordedPanes.series(kind, metric, labels), Arrays.asList(values.split(" ")));
    }

    /** One millisecond early: our tick does not see what happens at the tick itself, Prometheus does. */
    void recordTo(RecordedPanes panes) {
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).equals("_")) {
                panes.record(series, BASE_MS + i * INTERVAL_MS - 1, Double.parseDouble(values.get(i)));
            }
        }
    }

    String toYaml() {
        String labels = series.allLabels().entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
        return "      - series: '" + series.metric() + labels + "'\n        values: '" + String.join(" ", values)
                + "'\n";
    }
}
