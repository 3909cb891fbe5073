package dev.weir.topology.rule;

import dev.weir.alerting.eval.BoundExceededException;
import dev.weir.alerting.eval.BoundExceededException.Bound;
import dev.weir.alerting.group.DuplicateSampleException;
import dev.weir.alerting.group.RuleFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task of the rule stage counts, as metrics of Kafka Streams, each {@code -rate} and {@code -total}:
 *
 * <ul>
 *   <li>{@code evaluation-failures} of rules, and which of them are those of a bound: {@code alerts-refused}, {@code
 *       texts-refused}, {@code group-limits-exceeded};
 *   <li>{@code samples-duplicate}, dropped because a rule before has recorded the series at the same tick with another value;
 *   <li>{@code series-refused}, panes of series beyond the bound of their group, and {@code ticks-incomplete}, ticks of groups
 *       that were not evaluated for that reason;
 *   <li>{@code groups-skipped}, spans of ticks that a group was not evaluated at, as the partitions before sent panes by
 *       different rules;
 *   <li>{@code alerts-forgotten}, alerts that ended and are forgotten before their time.
 * </ul>
 *
 * <p>The log names a failure when it is another than the last of its rule, a bound at most once in {@link #QUIET}. One thread.
 */
final class RuleMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(RuleMetrics.class);
    private static final long QUIET = Duration.ofMinutes(1).toMillis();

    /** A failure that differs in numbers only is the same. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private final Sensor failures;
    private final Map<Bound, Sensor> exceeded = new EnumMap<>(Bound.class);
    private final Sensor duplicates;
    private final Sensor refused;
    private final Sensor incomplete;
    private final Sensor skipped;
    private final Sensor forgotten;
    private final Map<String, String> lastFailure = new HashMap<>();
    private final Map<String, Long> saidMs = new HashMap<>();

    RuleMetrics(StreamsMetrics metrics, String task) {
        failures = sensor(metrics, task, "evaluation-failures");
        exceeded.put(Bound.ALERTS, sensor(metrics, task, "alerts-refused"));
        exceeded.put(Bound.TEXT, sensor(metrics, task, "texts-refused"));
        exceeded.put(Bound.GROUP_LIMIT, sensor(metrics, task, "group-limits-exceeded"));
        duplicates = sensor(metrics, task, "samples-duplicate");
        refused = sensor(metrics, task, "series-refused");
        incomplete = sensor(metrics, task, "ticks-incomplete");
        skipped = sensor(metrics, task, "groups-skipped");
        forgotten = sensor(metrics, task, "alerts-forgotten");
    }

    private static Sensor sensor(StreamsMetrics metrics, String task, String name) {
        return metrics.addRateTotalSensor("weir-rules", task, name, Sensor.RecordingLevel.INFO);
    }

    /** A rule could not be evaluated. */
    void failed(RuleFailure failure, long tickMs) {
        failures.record();
        if (failure.cause() instanceof BoundExceededException tooMuch) {
            Objects.requireNonNull(exceeded.get(tooMuch.bound())).record();
        }
        if (failure.cause() instanceof DuplicateSampleException duplicate) {
            duplicates.record(duplicate.dropped());
        }
        String key = failure.rule().key();
        String shape = NUMBERS.matcher(failure.message()).replaceAll("#");
        if (!shape.equals(lastFailure.put(key, shape))) {
            LOG.warn("rule {} fails at {}: {}", key, Instant.ofEpochMilli(tickMs), failure.message());
        }
    }

    /** A pane of a group was refused. */
    void refused(String group, int mostSeries) {
        refused.record();
        if (isToBeSaid(group)) {
            LOG.warn(
                    "rule group {} reads more than {} series (rules.bounds.series): further ones are refused and its"
                            + " alerts stay as they are until there are fewer; select fewer series, or split the group",
                    group,
                    mostSeries);
        }
    }

    /** An alert of a rule that ended was forgotten while the alerts topic still has its transitions. */
    void forgotten(String rule, int mostEnded) {
        forgotten.record();
        if (isToBeSaid(rule)) {
            LOG.warn(
                    "rule {} has more than {} alerts that ended (rules.bounds.ended-alerts): the first are forgotten, one"
                            + " that comes back is numbered behind the greatest number of them",
                    rule,
                    mostEnded);
        }
    }

    /** Ticks of a group were left out at a change of rules. */
    void skipped() {
        skipped.record();
    }

    private boolean isToBeSaid(String what) {
        long nowMs = System.nanoTime() / 1_000_000;
        Long before = saidMs.get(what);
        boolean say = before == null || nowMs - before >= QUIET;
        if (say) {
            saidMs.put(what, nowMs);
        }
        return say;
    }

    /** A tick of a group was not evaluated, as panes were refused. */
    void incomplete(String group, long tickMs) {
        incomplete.record();
        LOG.debug("rule group {} is not evaluated at {}", group, Instant.ofEpochMilli(tickMs));
    }
}
