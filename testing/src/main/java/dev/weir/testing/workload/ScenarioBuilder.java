package dev.weir.testing.workload;

import dev.weir.events.MetricKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The words in which the scenarios of this package are written; periods are in seconds, incidents in minutes. */
final class ScenarioBuilder {
    private final String name;
    private final List<SeriesModel> series = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();

    ScenarioBuilder(String name) {
        this.name = name;
    }

    /** A measured duration around {@code median} that stays below {@code median * e^(3.47 * sigma)}. */
    ScenarioBuilder duration(
            String metric, String service, Map<String, String> labels, int every, double median, double sigma) {
        return duration(metric, service, labels, every, median, sigma, model -> model);
    }

    ScenarioBuilder duration(
            String metric,
            String service,
            Map<String, String> labels,
            int every,
            double median,
            double sigma,
            UnaryOperator<SeriesModel> change) {
        var values = new ValueModel.Spread(median, sigma);
        return add(change.apply(SeriesModel.of(metric, service, labels, MetricKind.OBSERVATION, every, values)));
    }

    /** A counter of whole things that grows by {@code mean} an event. */
    ScenarioBuilder counter(String metric, String service, Map<String, String> labels, int every, double mean) {
        return counter(metric, service, labels, every, mean, model -> model);
    }

    ScenarioBuilder counter(
            String metric,
            String service,
            Map<String, String> labels,
            int every,
            double mean,
            UnaryOperator<SeriesModel> change) {
        var values = new ValueModel.Increment(mean);
        return add(change.apply(SeriesModel.of(metric, service, labels, MetricKind.COUNT, every, values)));
    }

    /** A counter of seconds that grows by about {@code mean} an event, at any time of day. */
    ScenarioBuilder seconds(String metric, String service, Map<String, String> labels, int every, double mean) {
        var values = new ValueModel.Spread(mean, 0.1);
        return add(SeriesModel.of(metric, service, labels, MetricKind.COUNT, every, values));
    }

    /** A level of whole things within 10 % of {@code base}. */
    ScenarioBuilder level(String metric, String service, Map<String, String> labels, int every, double base) {
        var values = new ValueModel.Level(base, 0.1, 1);
        return add(SeriesModel.of(metric, service, labels, MetricKind.GAUGE, every, values));
    }

    /** A level that stands still. */
    ScenarioBuilder constant(String metric, String service, Map<String, String> labels, int every, double base) {
        var values = new ValueModel.Level(base, 0, 1);
        return add(SeriesModel.of(metric, service, labels, MetricKind.GAUGE, every, values));
    }

    /** A ratio within 2 % of {@code base}. */
    ScenarioBuilder ratio(String metric, String service, Map<String, String> labels, int every, double base) {
        var values = new ValueModel.Level(base, 0.02, 10_000);
        return add(SeriesModel.of(metric, service, labels, MetricKind.GAUGE, every, values));
    }

    ScenarioBuilder add(SeriesModel model) {
        series.add(model);
        return this;
    }

    ScenarioBuilder incident(
            String what, int startMinute, int endMinute, Set<String> alerts, Disturbance... disturbances) {
        return incident(
                what, Duration.ofMinutes(startMinute), Duration.ofMinutes(endMinute), alerts, List.of(disturbances));
    }

    ScenarioBuilder incident(
            String what, Duration start, Duration end, Set<String> alerts, List<Disturbance> disturbances) {
        incidents.add(new Incident(what, alerts, start, end, disturbances));
        return this;
    }

    static Disturbance scale(String metric, Map<String, String> labels, double factor) {
        return new Disturbance(metric, labels, new Effect.Scale(factor, 1));
    }

    static Disturbance stand(String metric, Map<String, String> labels, double value) {
        return new Disturbance(metric, labels, new Effect.Stand(value));
    }

    static Disturbance turn(String metric, Map<String, String> labels, double otherShare) {
        return new Disturbance(metric, labels, new Effect.Turn(otherShare));
    }

    static Disturbance silence(String metric, Map<String, String> labels) {
        return new Disturbance(metric, labels, new Effect.Silence());
    }

    Scenario build() {
        return new Scenario(name, series, incidents);
    }
}
