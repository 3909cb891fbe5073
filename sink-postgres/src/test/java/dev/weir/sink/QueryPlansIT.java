package dev.weir.sink;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The dashboards' queries read the partitions of their time and no others, each by an index. On {@code
 * -Dweir.plans.days=10} days of {@code -Dweir.plans.series=200} series.
 */
@ExtendWith(Servers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryPlansIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DAYS = Integer.getInteger("weir.plans.days", 10);
    private static final int SERIES = Integer.getInteger("weir.plans.series", 200);
    private static final Duration DAY = Duration.ofDays(1);

    /** A Monday. */
    private static final Instant FIRST = Instant.parse("2026-03-02T00:00:00Z");

    private static final Instant END = FIRST.plus(DAY.multipliedBy(DAYS));
    private static final String DURATIONS = "http_request_duration_seconds";

    private Jdbi jdbi;

    @BeforeAll
    void fill(Servers servers) throws IOException {
        jdbi = Jdbi.create(servers.newDatabase("query_plans"));
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT monitoring.ensure_partitions(rows, :first, :end) FROM unnest(ARRAY['hourly', 'daily', 'weekly']) rows")
                .bind("first", FIRST.atOffset(ZoneOffset.UTC))
                .bind("end", END.atOffset(ZoneOffset.UTC))
                .mapTo(Integer.class)
                .list());
        insert(Period.HOURLY, "1 hour", END.minus(Duration.ofHours(1)));
        insert(Period.DAILY, "1 day", END.minus(DAY));
        insert(Period.WEEKLY, "7 days", END.minus(DAY));
        jdbi.useHandle(handle -> handle.execute("VACUUM ANALYZE monitoring.aggregated_metrics"));
    }

    @Test
    void p95ByHourReadsTheDaysAsked() throws IOException {
        assertThat(scans(
                        "p95-by-hour",
                        Map.of(
                                "metric",
                                DURATIONS,
                                "service",
                                "service-1",
                                "since",
                                END.minus(DAY.multipliedBy(7)),
                                "until",
                                END)))
                .hasSize(7)
                .allSatisfy(QueryPlansIT::assertHourlyByIndex);
    }

    @Test
    void errorRatioReadsTodayOnly() throws IOException {
        assertThat(scans(
                        "error-ratio-by-service",
                        Map.of("metric", "http_requests", "since", END.minus(DAY), "until", END)))
                .hasSize(1)
                .allSatisfy(QueryPlansIT::assertHourlyByIndex);
    }

    @Test
    void slowestSeriesReadsOneMonthOfDays() throws IOException {
        assertThat(scans("slowest-series", Map.of("metric", DURATIONS, "day", END.minus(DAY))))
                .hasSize(1)
                .allSatisfy((table, node) -> assertByIndex(table, node, "aggregated_metrics_daily_"));
    }

    @Test
    void weekOverWeekReadsWeeksOnly() throws IOException {
        assertThat(scans("week-over-week", Map.of("metric", DURATIONS, "week", FIRST.plus(DAY.multipliedBy(7)))))
                .hasSize(1)
                .allSatisfy((table, node) -> assertByIndex(table, node, "aggregated_metrics_weekly_"));
    }

    @Test
    void hitRatioReadsDaysOnly() throws IOException {
        assertThat(scans(
                        "hit-ratio-by-day",
                        Map.of("metric", "cache_lookups", "since", END.minus(DAY.multipliedBy(90)), "until", END)))
                .isNotEmpty()
                .allSatisfy((table, node) -> assertThat(table).startsWith("aggregated_metrics_daily_"));
    }

    private static void assertHourlyByIndex(String table, String node) {
        assertByIndex(table, node, "aggregated_metrics_hourly_");
    }

    private static void assertByIndex(String table, String node, String prefix) {
        assertThat(table).startsWith(prefix);
        assertThat(node).as(table).isIn("Index Scan", "Index Only Scan", "Bitmap Heap Scan");
    }

    /** How a query reads tables: node types by the table's name. */
    private Map<String, String> scans(String query, Map<String, Object> parameters) throws IOException {
        String sql = "EXPLAIN (FORMAT JSON) " + resource("/queries/" + query + ".sql");
        String plan = jdbi.withHandle(handle -> {
            Query explain = handle.createQuery(sql);
            parameters.forEach((name, value) ->
                    explain.bind(name, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value));
            return explain.mapTo(String.class).one();
        });
        Map<String, String> scans = new TreeMap<>();
        collect(JSON.readTree(plan).get(0).get("Plan"), scans);
        return scans;
    }

    private static void collect(JsonNode node, Map<String, String> scans) {
        if (node.has("Relation Name")) {
            scans.put(node.get("Relation Name").asText(), node.get("Node Type").asText());
        }
        node.path("Plans").forEach(child -> collect(child, scans));
    }

    private void insert(Period period, String step, Instant last) throws IOException {
        String sql = resource("/queries/rows.sql");
        jdbi.useHandle(handle -> {
            try (Update insert = handle.createUpdate(sql)) {
                insert.bind("period", period.text())
                        .bind("since", FIRST.atOffset(ZoneOffset.UTC))
                        .bind("until", last.atOffset(ZoneOffset.UTC))
                        .bind("step", step)
                        .bind("series", SERIES)
                        .execute();
            }
        });
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = requireNonNull(QueryPlansIT.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
