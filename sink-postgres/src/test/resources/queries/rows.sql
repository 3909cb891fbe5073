-- Rows of :series series for each :period, beginning at :since, :since + :step … :until, without sketches. Of 10 series 4
-- are durations, 4 requests and 2 cache lookups; a service has 100 series.
INSERT INTO monitoring.aggregated_metrics (
    metric_name, period, period_start, dimensions, kind, unit, min_value, max_value, avg_value, sum_value, count_value,
    p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count, miss_count, final)
SELECT CASE WHEN n % 10 < 4 THEN 'http_request_duration_seconds' WHEN n % 10 < 8 THEN 'http_requests' ELSE 'cache_lookups' END,
    :period, at,
    jsonb_build_object('service', 'service-' || n / 100, 'endpoint', '/api/v1/' || n % 100, 'method', 'GET'),
    CASE WHEN n % 10 < 4 THEN 'OBSERVATION' ELSE 'COUNT' END, CASE WHEN n % 10 < 4 THEN 's' ELSE '' END,
    0.001, 1 + v, 0.05, 50, 1000, 0.01 + v, 0.1 + v, 0.2 + v, 0.5 + v,
    990 - v::int, 10 + v::int, CASE WHEN n % 10 < 8 THEN 0 ELSE 900 END, CASE WHEN n % 10 < 8 THEN 0 ELSE 100 END, TRUE
FROM generate_series(CAST(:since AS timestamptz), CAST(:until AS timestamptz), CAST(:step AS interval)) at,
    generate_series(0, :series - 1) n,
    LATERAL (SELECT (hashint8(n * 31 + extract(epoch FROM at)::bigint / 3600) & 63) / 64.0 AS v) r
