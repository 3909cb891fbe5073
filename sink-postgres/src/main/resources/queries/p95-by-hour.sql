-- The p95 of a service's series of one metric, hour by hour: :metric, :service, [:since, :until).
SELECT period_start, dimensions, p95_value, final
FROM monitoring.aggregated_metrics
WHERE period = 'hourly'
    AND metric_name = :metric
    AND dimensions @> jsonb_build_object('service', :service)
    AND period_start >= :since AND period_start < :until
ORDER BY dimensions, period_start
