package dev.weir.app.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.app.config.StoreSettings;
import dev.weir.app.machine.EmbeddedWeir;
import dev.weir.app.role.RoleName;
import dev.weir.sketch.Quantile;
import dev.weir.sketch.Sketch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real measurements from a file through Kafka and the stream into PostgreSQL, where SQL over the same events judges the rows. */
final class NginxIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINISHED =
            "SELECT coalesce(sum(count_value), 0), coalesce(bool_and(final), false) FROM monitoring.aggregated_metrics"
                    + " WHERE period = 'hourly'";

    @TempDir
    private Path directory;

    @Test
    void hourlyRowsEqualWhatSqlSaysOfTheEvents() throws Exception {
        Instant boundary = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
        MeasuredRequests requests = MeasuredRequests.around(boundary);
        Path file = Files.writeString(directory.resolve("requests.ndjson"), requests.text());
        try (EmbeddedWeir weir =
                EmbeddedWeir.start(directory.resolve("weir"), EnumSet.of(RoleName.STREAM, RoleName.SINK))) {
            StringWriter err = new StringWriter();
            boolean allGood = new Production(weir.config(), null, null, new PrintWriter(err, true))
                    .send(EventFile.of(file.toString()));
            assertThat(allGood).as(err.toString()).isTrue();
            try (Connection connection = connect(weir.config().store())) {
                await().atMost(PATIENCE)
                        .until(() -> isFinished(connection, requests.lines().size()));
                RawEvents events = RawEvents.load(connection, requests);
                assertThat(events.differentSeries()).isEmpty();
                assertThat(events.routes()).hasSize(12).allSatisfy(NginxIT::assertPercentileOfMergedSketches);
            }
        }
    }

    private static void assertPercentileOfMergedSketches(RawEvents.Route route) {
        Sketch merged = route.sketches().stream()
                .map(bytes -> Sketch.decode(ByteBuffer.wrap(bytes)))
                .reduce((left, right) -> {
                    left.merge(right);
                    return left;
                })
                .orElseThrow();
        Quantile p95 = merged.quantile(0.95);
        assertThat(route.p95()).as(route.name()).isBetween(p95.low(), p95.high());
    }

    private static Connection connect(StoreSettings store) throws SQLException {
        return DriverManager.getConnection(
                store.url(), store.user(), store.password().value());
    }

    private static boolean isFinished(Connection connection, int events) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(FINISHED)) {
            result.next();
            return result.getLong(1) == events && result.getBoolean(2);
        }
    }
}
