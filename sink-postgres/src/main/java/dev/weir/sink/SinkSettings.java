package dev.weir.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one sink reads and where it writes.
 *
 * @param topics what is read, by name of the topic; at least one
 * @param raw the metrics whose single measurements are stored; the first that covers a metric counts
 * @param groupId consumer group of the aggregates, and owner of their offsets in {@code weir.sink_offsets}; the other
 *     feeds add their name to it
 * @param jdbcUrl begins with {@code jdbc:postgresql:}
 * @param user database user
 * @param password may be empty; never printed
 * @param poolSize database connections; with less than one for each feed and one more, feeds wait for each other
 * @param maxRowsPerBatch records in one poll, so in one transaction; of raw measurements five times as many
 * @param retryDelay the first pause when PostgreSQL is away; doubles with each failure
 * @param retryDelayLimit the longest pause
 * @param retention how long rows are kept
 * @param calendar which days and weeks rows are made for
 */
public record SinkSettings(
        Map<SinkTopic, String> topics,
        List<RawMetric> raw,
        String groupId,
        String jdbcUrl,
        String user,
        String password,
        int poolSize,
        int maxRowsPerBatch,
        Duration retryDelay,
        Duration retryDelayLimit,
        Retention retention,
        Calendar calendar) {
    private static final int MAX_POOL_SIZE = 64;
    private static final int MAX_ROWS_PER_BATCH = 100_000;
    private static final Pattern URL_SECRET = Pattern.compile("(?i)((?:ssl)?password=)[^&]*");

    /** @throws IllegalArgumentException naming every faulty setting, one a line */
    public SinkSettings {
        List<String> faults = new ArrayList<>();
        topics = Map.copyOf(topics);
        raw = List.copyOf(raw);
        if (topics.isEmpty()) {
            faults.add("topics is empty, must name at least one");
        }
        new TreeMap<>(topics).forEach((topic, name) -> requireText(faults, "topic " + topic, name));
        requireText(faults, "groupId", groupId);
        requireText(faults, "user", user);
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            faults.add("jdbcUrl is " + withoutSecret(jdbcUrl) + ", must begin with jdbc:postgresql:");
        }
        requireRange(faults, "poolSize", poolSize, MAX_POOL_SIZE);
        requireRange(faults, "maxRowsPerBatch", maxRowsPerBatch, MAX_ROWS_PER_BATCH);
        if (retryDelay.isNegative() || retryDelay.isZero()) {
            faults.add("retryDelay is " + retryDelay + ", must be > 0");
        }
        if (retryDelayLimit.compareTo(retryDelay) < 0) {
            faults.add("retryDelayLimit is " + retryDelayLimit + ", must be >= retryDelay " + retryDelay);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** Settings with no raw metrics, 2 connections, 2,000 records a batch, pauses of 0.1 s to 10 s, the usual retention, and UTC. */
    public static SinkSettings of(
            Map<SinkTopic, String> topics, String groupId, String jdbcUrl, String user, String password) {
        return new SinkSettings(
                topics,
                List.of(),
                groupId,
                jdbcUrl,
                user,
                password,
                2,
                2_000,
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Retention.DEFAULT,
                Calendar.UTC);
    }

    @Override
    public String toString() {
        return "SinkSettings[topics=" + new TreeMap<>(topics) + ", raw=" + raw + ", groupId=" + groupId + ", jdbcUrl="
                + withoutSecret(jdbcUrl)
                + ", user=" + user + ", password=***, poolSize=" + poolSize + ", maxRowsPerBatch=" + maxRowsPerBatch
                + ", retryDelay=" + retryDelay + ", retryDelayLimit=" + retryDelayLimit + ", "
                + retention + ", " + calendar + "]";
    }

    private static void requireText(List<String> faults, String name, String value) {
        if (value.isBlank()) {
            faults.add(name + " is \"" + value + "\", must not be empty");
        }
    }

    private static void requireRange(List<String> faults, String name, int value, int highest) {
        if (value < 1 || value > highest) {
            faults.add(name + " is " + value + ", must be 1 to " + highest);
        }
    }

    private static String withoutSecret(String url) {
        return URL_SECRET.matcher(url).replaceAll("$1***");
    }
}
