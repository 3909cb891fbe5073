package dev.weir.topology.rule;

import dev.weir.alerting.group.RuleFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task of the rule stage counts, as metrics of Kafka Streams, each {@code -rate} and {@code -total}: {@code
 * evaluation-failures} of rules, {@code series-refused}, panes of series beyond the bound of their group, and {@code
 * ticks-incomplete}, ticks of groups that were not evaluated for that reason. The log names a failure when it is another than
 * the last of its rule, a bound at most once in {@link #QUIET}. One thread.
 */
final class RuleMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(RuleMetrics.class);
    private static final long QUIET = Duration.ofMinutes(1).toMillis();

    /** A failure that differs in numbers only is the same. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private final Sensor failures;
    private final Sensor refused;
    private final Sensor incomplete;
    private final Map<String, String> lastFailure = new HashMap<>();
    private final Map<String, Long> saidMs = new HashMap<>();

    RuleMetrics(StreamsMetrics metrics, String task) {
        failures = sensor(metrics, task, "evaluation-failures");
        refused = sensor(metrics, task, "series-refused");
        incomplete = sensor(metrics, task, "ticks-incomplete");
    }

    private static Sensor sensor(StreamsMetrics metrics, String task, String name) {
        return metrics.addRateTotalSensor("weir-rules", task, name, Sensor.RecordingLevel.INFO);
    }

    /** A rule could not be evaluated. */
    void failed(RuleFailure failure, long tickMs) {
        failures.record();
        String key = failure.rule().key();
        String shape = NUMBERS.matcher(failure.message()).replaceAll("#");
        if (!shape.equals(lastFailure.put(key, shape))) {
            LOG.warn("rule {} cannot be evaluated at {}: {}", key, Instant.ofEpochMilli(tickMs), failure.message());
        }
    }

    /** A pane of a group was refused. */
    void refused(String group, int mostSeries) {
        refused.record();
        long nowMs = System.nanoTime() / 1_000_000;
        Long before = saidMs.get(group);
        if (before == null || nowMs - before >= QUIET) {
            saidMs.put(group, nowMs);
            LOG.warn(
                    "rule group {} reads more than {} series: further ones are refused and its alerts stay as they are"
                            + " until there are fewer; select fewer series, or split the group",
                    group,
                    mostSeries);
        }
    }

    /** A tick of a group was not evaluated, as panes were refused. */
    void incomplete(String group, long tickMs) {
        incomplete.record();
        LOG.debug("rule group {} is not evaluated at {}", group, Instant.ofEpochMilli(tickMs));
    }
}
