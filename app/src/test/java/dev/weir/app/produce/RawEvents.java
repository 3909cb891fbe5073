package dev.weir.app.produce;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The events themselves, one row each in a temporary table of a database that also holds Weir's hourly rows: so that plain SQL can
 * say what those must be.
 */
record RawEvents(Connection connection) {
    private static final String TABLES = """
            CREATE TEMP TABLE raw_line (line JSONB);
            CREATE TEMP VIEW raw_event AS
                SELECT date_trunc('hour', to_timestamp((line->>'timestamp')::BIGINT / 1000.0)) AS hour,
                       line->>'metric' AS metric,
                       (line->'labels') || jsonb_build_object('service', line->>'service') AS dimensions,
                       (line->>'value')::DOUBLE PRECISION AS value,
                       line->>'outcome' AS outcome
                  FROM raw_line;
            """;
    // Control characters that no JSON text holds.
    private static final String COPY = "COPY raw_line FROM STDIN (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')";

    /** At most 0.79 % above the exact value, and half a microsecond for rounding; null where there is no percentile. */
    private static final String DIFFERENT_SERIES = """
            WITH truth AS (
                SELECT hour, metric, dimensions, count(*) AS count, sum(value) AS sum, min(value) AS min, max(value) AS max,
                       percentile_disc(ARRAY[0.5, 0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY value) AS percentiles,
                       count(*) FILTER (WHERE outcome = 'SUCCESS') AS success, count(*) FILTER (WHERE outcome = 'ERROR') AS error,
                       count(*) FILTER (WHERE outcome = 'HIT') AS hit, count(*) FILTER (WHERE outcome = 'MISS') AS miss
                  FROM raw_event GROUP BY hour, metric, dimensions),
            weir AS (
                SELECT *, ARRAY[p50_value, p90_value, p95_value, p99_value] AS percentiles
                  FROM monitoring.aggregated_metrics WHERE period = 'hourly')
            SELECT concat_ws(' ', coalesce(truth.hour, weir.period_start), coalesce(truth.metric, metric_name),
                             coalesce(truth.dimensions, weir.dimensions), 'is', to_jsonb(weir) - 'sketch', 'must be',
                             to_jsonb(truth))
              FROM truth
              FULL JOIN weir ON metric_name = metric AND weir.dimensions = truth.dimensions AND period_start = hour
             WHERE (count_value = count AND success_count = success AND error_count = error
                    AND hit_count = hit AND miss_count = miss AND min_value = min AND max_value = max
                    AND abs(sum_value - sum) <= 1e-9 * sum
                    AND error_ratio IS NOT DISTINCT FROM error::DOUBLE PRECISION / nullif(error + success, 0)
                    AND hit_ratio IS NOT DISTINCT FROM hit::DOUBLE PRECISION / nullif(hit + miss, 0)
                    AND CASE metric
                        WHEN 'cache_requests_total' THEN p95_value IS NULL
                        ELSE (SELECT bool_and(estimate BETWEEN exact - 5e-7 AND exact * 1.0079 + 5e-7)
                                FROM unnest(weir.percentiles, truth.percentiles) AS pair (estimate, exact))
                        END) IS NOT TRUE
            """;

    private static final String ROUTES = """
            WITH truth AS (
                SELECT hour, dimensions->>'route' AS route, percentile_disc(0.95) WITHIN GROUP (ORDER BY value) AS p95
                  FROM raw_event WHERE metric = 'http_request_duration_seconds' GROUP BY hour, dimensions->>'route')
            SELECT hour, route, p95, array_agg(sketch) AS sketches
              FROM truth
              JOIN monitoring.aggregated_metrics ON metric_name = 'http_request_duration_seconds'
                   AND period = 'hourly' AND period_start = hour AND dimensions->>'route' = route
             GROUP BY hour, route, p95
            """;

    /** One route in one hour: the exact percentile of its events, and the sketches of Weir's rows, one a method and status. */
    record Route(String name, double p95, List<byte[]> sketches) {}

    static RawEvents load(Connection connection, MeasuredRequests requests) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new StringReader(requests.text()));
        return new RawEvents(connection);
    }

    /** Hourly rows that differ from the events, are missing or too many. */
    List<String> differentSeries() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(DIFFERENT_SERIES)) {
            List<String> different = new ArrayList<>();
            while (found.next()) {
                different.add(found.getString(1));
            }
            return different;
        }
    }

    List<Route> routes() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROUTES)) {
            List<Route> routes = new ArrayList<>();
            while (found.next()) {
                byte[][] sketches = (byte[][]) found.getArray("sketches").getArray();
                routes.add(new Route(
                        found.getString("hour") + " " + found.getString("route"),
                        found.getDouble("p95"),
                        List.of(sketches)));
            }
            return routes;
        }
    }
}
