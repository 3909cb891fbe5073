-- The hit ratio of a cache's lookups, day by day: :metric, [:since, :until).
SELECT period_start,
    sum(hit_count) / nullif(sum(hit_count) + sum(miss_count), 0) AS hit_ratio,
    sum(hit_count) + sum(miss_count) AS lookups
FROM monitoring.aggregated_metrics
WHERE period = 'daily'
    AND metric_name = :metric
    AND period_start >= :since AND period_start < :until
GROUP BY period_start
ORDER BY period_start
