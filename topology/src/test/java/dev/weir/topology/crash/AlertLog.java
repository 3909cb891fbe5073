package dev.weir.topology.crash;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.serde.AvroDeserializer;
import dev.weir.series.Series;
import dev.weir.topology.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the rules of a stream have published, read committed and followed. One thread. */
final class AlertLog implements AutoCloseable {
    private final TopicLog alerts;
    private final TopicLog aggregates;
    private final AvroDeserializer<AlertTransition> alertReader;
    private final AvroDeserializer<WindowAggregate> windowReader;
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();

    AlertLog(Machine machine, Topics topics, int partitions) {
        alerts = new TopicLog(machine.bootstrapServers(), topics.alerts(), partitions);
        aggregates = new TopicLog(machine.bootstrapServers(), topics.aggregates(), partitions);
        alertReader = Serdes.reader(machine);
        windowReader = Serdes.reader(machine);
    }

    void readToEnd() {
        alerts.readToEnd(record -> transitions.add(Serdes.read(alertReader, record)));
        aggregates.readToEnd(record -> {
            WindowAggregate window = Serdes.read(windowReader, record);
            if (window.getMetric().contains(":")) {
                Series series = Series.of(
                        window.getMetric(),
                        window.getService(),
                        window.getLabels(),
                        window.getKind(),
                        window.getUnit());
                recorded.add(RuleTruth.recorded(
                        series.key(), window.getWindowEnd().toEpochMilli(), Objects.requireNonNull(window.getLast())));
            }
        });
    }

    /** In the order in which they were published for each fingerprint. */
    List<AlertTransition> transitions() {
        return transitions;
    }

    List<String> recorded() {
        return recorded;
    }

    /** How often the number of a transition is not the next after the one before of its fingerprint. */
    long outOfSequence() {
        Map<String, Long> last = new HashMap<>();
        return transitions.stream()
                .filter(one -> {
                    Long before = last.put(one.getFingerprint(), one.getSequence());
                    return one.getSequence() != (before == null ? 1 : before + 1);
                })
                .count();
    }

    /** How often an alert that fires is pending next. */
    long firingToPending() {
        Map<String, AlertState> last = new HashMap<>();
        return transitions.stream()
                .filter(one -> last.put(one.getFingerprint(), one.getState()) == AlertState.FIRING
                        && one.getState() == AlertState.PENDING)
                .count();
    }

    static List<AlertTransition> sorted(List<AlertTransition> transitions) {
        return transitions.stream()
                .sorted(Comparator.comparing(AlertTransition::getFingerprint)
                        .thenComparing(AlertTransition::getEvaluatedAt)
                        .thenComparing(AlertTransition::getSequence))
                .toList();
    }

    @Override
    public void close() {
        alerts.close();
        aggregates.close();
    }
}
