package dev.weir.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.aggregates.WindowAggregate;
import dev.weir.app.command.WeirCommand;
import dev.weir.events.MetricEvent;
import dev.weir.serde.SchemaRegistry;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir db}, {@code weir quantile} and {@code weir check schemas}, in the order in which an operator needs them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StoreCommandsIT {
    private static final Instant HOUR = Instant.ofEpochSecond(System.currentTimeMillis() / 3_600_000 * 3_600);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static EmbeddedPostgresServer postgres;
    private static EmbeddedRegistry registry;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgresServer.start(directory.resolve("pg"), 0);
        registry = EmbeddedRegistry.start(0, null);
    }

    @AfterAll
    static void stop() {
        registry.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void emptyDatabaseHasEverythingPending() {
        assertThat(run("db", "status")).isZero();
        assertThat(out.toString()).contains("1       pending").contains("V1__monitoring_schema.sql");
        assertThat(run("db", "migrate", "--dry-run")).isZero();
        assertThat(out.toString()).contains("CREATE TABLE monitoring.aggregated_metrics");
        assertThat(run("check", "schemas")).isEqualTo(1);
        assertThat(out.toString())
                .contains("fault: migration V1__monitoring_schema.sql is not applied: run weir db migrate")
                .contains("fault: table weir.sink_offsets is missing");
        assertThat(run(quantile("-q", "0.5"))).isEqualTo(1);
        assertThat(err.toString()).contains("relation \"monitoring.aggregated_metrics\" does not exist");
    }

    @Test
    @Order(2)
    void migrateBringsTheTablesUpToDate() {
        assertThat(run("db", "migrate")).isZero();
        assertThat(out.toString()).contains(" versions applied");
        assertThat(run("db", "status")).isZero();
        assertThat(out.toString()).contains("success").doesNotContain("pending").doesNotContain(" no ");
    }

    @Test
    @Order(3)
    void schemasNobodyWroteWithAreNotes() throws SQLException {
        assertThat(run("check", "schemas")).isEqualTo(3);
        assertThat(out.toString())
                .contains("note: subject weir.aggregates-value is missing: nothing was written with it yet")
                .doesNotContain("fault: ");
    }

    @Test
    @Order(4)
    void incompatibleSubjectAndChangedTableAreFaultsByName() throws SQLException, IOException {
        SchemaRegistry client = SchemaRegistry.of(Map.of("schema.registry.url", registry.url()));
        client.register("weir.aggregates-value", WindowAggregate.getClassSchema());
        Schema changed = new Schema.Parser()
                .parse(MetricEvent.getClassSchema()
                        .toString()
                        .replace(
                                "{\"name\":\"value\",\"type\":\"double\"", "{\"name\":\"value\",\"type\":\"boolean\""));
        assertThat(changed).isNotEqualTo(MetricEvent.getClassSchema());
        client.register("dev.weir.events.MetricEvent", changed);
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE monitoring.worker_issues RENAME COLUMN severity TO gravity");
            assertThat(run("check", "schemas", "--json")).isEqualTo(1);
            JsonNode findings = JSON.readTree(out.toString());
            assertThat(findings)
                    .anySatisfy(finding -> {
                        assertThat(finding.path("what").asText()).isEqualTo("subject dev.weir.events.MetricEvent");
                        assertThat(finding.path("problem").asText())
                                .contains("this build cannot read the registered schema")
                                .contains("field value");
                        assertThat(finding.path("fault").asBoolean()).isTrue();
                    })
                    .anySatisfy(finding -> {
                        assertThat(finding.path("what").asText()).isEqualTo("column monitoring.worker_issues.severity");
                        assertThat(finding.path("problem").asText()).isEqualTo("is missing");
                    })
                    .noneSatisfy(finding ->
                            assertThat(finding.path("what").asText()).isEqualTo("subject weir.aggregates-value"));
            statement.execute("ALTER TABLE monitoring.worker_issues RENAME COLUMN gravity TO severity");
        }
    }

    @Test
    @Order(5)
    void quantileOfManyRowsEqualsHdrHistogram() throws SQLException, IOException {
        SketchRange range = SketchRange.of("wait_seconds", null);
        Histogram oracle = new Histogram(1, range.highestTicks(), range.digits());
        Random random = new Random(7);
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
            for (int series = 0; series < 5; series++) {
                Sketch sketch = new Sketch(range);
                for (int i = 0; i < 400; i++) {
                    long ticks = random.nextInt(3_000_000);
                    sketch.recordTicks(ticks, 1);
                    oracle.recordValue(ticks);
                }
                insert(connection, "{\"service\": \"shop\", \"route\": \"/" + series + "\"}", sketch);
            }
        }
        assertThat(run(quantile("-q", "0.95,0.99", "--service", "shop", "--json")))
                .isZero();
        JsonNode report = JSON.readTree(out.toString());
        assertThat(report.path("count").asLong()).isEqualTo(2_000);
        assertThat(report.path("rows").asLong()).isEqualTo(5);
        assertThat(report.path("quantiles").get(0).path("value").asDouble())
                .isEqualTo(oracle.getValueAtPercentile(95) / 1e6);
        assertThat(report.path("quantiles").get(1).path("value").asDouble())
                .isEqualTo(oracle.getValueAtPercentile(99) / 1e6);
        assertThat(report.path("quantiles").get(1).path("high").asDouble())
                .isCloseTo(oracle.getValueAtPercentile(99) / 1e6, within(0.01));
        assertThat(run(quantile("-q", "0.5", "--label", "route=/3"))).isZero();
        assertThat(out.toString())
                .startsWith("400 values in 1 hourly rows of wait_seconds with {route=/3} from ")
                .contains("QUANTILE")
                .contains("0.5 ");
    }

    @Test
    @Order(6)
    void quantileOfNothingOrOfNonsenseIsNamed() {
        assertThat(run(quantile("-q", "0.5", "--service", "nobody"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("there are no hourly rows of wait_seconds with {service=nobody} from ")
                .contains("with a sketch, which only metrics of kind OBSERVATION have");
        assertThat(run(quantile("-q", "1.5"))).isEqualTo(2);
        assertThat(err.toString()).contains("q is 1.5, must be 0 to 1 (-q)");
        assertThat(run(quantile("-q", "0.5", "--period", "monthly"))).isEqualTo(2);
        assertThat(err.toString()).contains("period is monthly, must be one of hourly, daily, weekly");
        assertThat(run("quantile", "--metric", "m", "--from", "noon", "--to", HOUR.toString(), "-q", "0.5"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'noon' is no time such as 2026-11-22T10:00:00Z");
        assertThat(run("quantile", "--metric", "m", "--from", HOUR.toString(), "--to", HOUR.toString(), "-q", "0.5"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("must be before to");
    }

    @Test
    @Order(7)
    void databaseThatIsAwayIsNamed() {
        for (String[] command : new String[][] {{"db", "status"}, {"db", "rollback"}, quantile("-q", "0.5")}) {
            String[] arguments = Stream.concat(
                            Arrays.stream(command), Stream.of("--set", "store.url=jdbc:postgresql://127.0.0.1:1/none"))
                    .toArray(String[]::new);
            assertThat(WeirCommand.commandLine()
                            .setOut(new PrintWriter(out))
                            .setErr(new PrintWriter(err))
                            .execute(arguments))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("jdbc:postgresql://127.0.0.1:1/none as postgres")
                    .contains("refused");
        }
    }

    @Test
    @Order(8)
    void rollbackUndoesTheNewestOrAll() {
        assertThat(run("db", "rollback", "--dry-run")).isZero();
        assertThat(out.toString()).startsWith("-- db/rollback/V5__roles.sql");
        assertThat(run("db", "rollback")).isZero();
        assertThat(out.toString()).startsWith("version 5 undone").contains("the tables have version 4");
        assertThat(run("db", "rollback", "--to", "7")).isEqualTo(1);
        assertThat(err.toString()).contains("target version is 7, must be 0 to the version of the database, 4");
        assertThat(run("db", "rollback", "--to", "0")).isZero();
        assertThat(out.toString()).contains("version 1 undone").contains("the tables have version 0");
        assertThat(run("db", "status")).isZero();
        assertThat(out.toString()).contains("pending").doesNotContain("success");
    }

    private static String[] quantile(String... further) {
        return Stream.concat(
                        Stream.of(
                                "quantile",
                                "--metric",
                                "wait_seconds",
                                "--from",
                                HOUR.minusSeconds(60).toString(),
                                "--to",
                                HOUR.plusSeconds(60).toString()),
                        Arrays.stream(further))
                .toArray(String[]::new);
    }

    private static void insert(Connection connection, String dimensions, Sketch sketch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO monitoring.aggregated_metrics (metric_name, period, period_start, dimensions, kind, unit,"
                        + " count_value, sketch, final) VALUES ('wait_seconds', 'hourly', ?, ?::jsonb, 'OBSERVATION', 's', ?, ?, true)")) {
            statement.setObject(1, HOUR.atOffset(ZoneOffset.UTC));
            statement.setString(2, dimensions);
            statement.setLong(3, sketch.count());
            statement.setBytes(4, sketch.encode());
            statement.executeUpdate();
        }
    }

    private int run(String... command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] arguments = Stream.concat(
                        Arrays.stream(command),
                        Stream.of(
                                "--set",
                                "store.url=" + postgres.jdbcUrl(),
                                "--set",
                                "schema.registry.url=" + registry.url()))
                .toArray(String[]::new);
        return WeirCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
