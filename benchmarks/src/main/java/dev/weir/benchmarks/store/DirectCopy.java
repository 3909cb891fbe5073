package dev.weir.benchmarks.store;

import dev.weir.events.MetricEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** COPY of lines that are there already: by the driver's CopyManager, and by {@code psql \copy} where there is a psql. */
final class DirectCopy {
    private static final String TABLE =
            "monitoring.pipeline_metrics (metric_name, metric_value, unit, tags, timestamp)";

    private DirectCopy() {}

    /** The lines of COPY's text format that the sink makes of these events. */
    static byte[] lines(List<MetricEvent> events) {
        StringBuilder lines = new StringBuilder();
        for (MetricEvent event : events) {
            Map<String, String> tags = new TreeMap<>(event.getLabels());
            tags.put("service", event.getService());
            tags.put("outcome", String.valueOf(event.getOutcome()));
            String json = tags.entrySet().stream()
                    .map(tag -> "\"" + tag.getKey() + "\":\"" + tag.getValue() + "\"")
                    .collect(Collectors.joining(",", "{", "}"));
            lines.append(event.getMetric())
                    .append('\t')
                    .append(event.getValue())
                    .append('\t');
            lines.append(event.getUnit()).append('\t').append(json).append('\t');
            lines.append(event.getTimestamp()).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Rows a second. */
    static double byDriver(String jdbcUrl, byte[] lines) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            long start = System.nanoTime();
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + TABLE + " FROM STDIN", new ByteArrayInputStream(lines));
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** Rows a second, psql's start included; empty where there is none. */
    static OptionalDouble byPsql(int port, byte[] lines, int rows) throws IOException, InterruptedException {
        Path file = Files.createTempFile("weir-copy", ".tsv");
        try {
            Files.write(file, lines);
            long start = System.nanoTime();
            int status = new ProcessBuilder(
                            "psql",
                            "-q",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-U",
                            "postgres",
                            "-c",
                            "\\copy " + TABLE + " FROM '" + file + "'")
                    .inheritIO()
                    .start()
                    .waitFor();
            double seconds = (System.nanoTime() - start) / 1e9;
            return status == 0 ? OptionalDouble.of(rows / seconds) : OptionalDouble.empty();
        } catch (IOException absent) {
            return OptionalDouble.empty();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
