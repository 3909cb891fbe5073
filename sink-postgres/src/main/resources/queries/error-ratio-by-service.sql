-- Errors among all outcomes of one metric by service, worst first, the open hour included: :metric, [:since, :until).
SELECT dimensions ->> 'service' AS service,
    sum(error_count) / nullif(sum(error_count) + sum(success_count), 0) AS error_ratio,
    sum(error_count) AS errors
FROM monitoring.aggregated_metrics
WHERE period = 'hourly'
    AND metric_name = :metric
    AND period_start >= :since AND period_start < :until
GROUP BY service
ORDER BY error_ratio DESC NULLS LAST, service
