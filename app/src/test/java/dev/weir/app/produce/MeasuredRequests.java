package dev.weir.app.produce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What a real nginx measured of itself, moved in time. Where it is from stands beside the file in {@code resources/nginx}.
 *
 * @param lines NDJSON, in the order of the file
 */
record MeasuredRequests(List<String> lines) {
    private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":(\\d+)");

    MeasuredRequests {
        lines = List.copyOf(lines);
    }

    /** Moved so that the middle of their time is the given instant. */
    static MeasuredRequests around(Instant middle) throws IOException {
        try (InputStream packed =
                        Objects.requireNonNull(MeasuredRequests.class.getResourceAsStream("/nginx/events.ndjson.gz"));
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            LongSummaryStatistics times =
                    lines.stream().mapToLong(MeasuredRequests::timestamp).summaryStatistics();
            long shift = middle.toEpochMilli() - (times.getMin() + times.getMax()) / 2;
            return new MeasuredRequests(lines.stream()
                    .map(line -> TIMESTAMP.matcher(line).replaceFirst("\"timestamp\":" + (timestamp(line) + shift)))
                    .toList());
        }
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    private static long timestamp(String line) {
        Matcher matcher = TIMESTAMP.matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("line is " + line + ", must have a timestamp");
        }
        return Long.parseLong(matcher.group(1));
    }
}
