-- The 10 series of one metric with the greatest p99 of a day: :metric, :day is its midnight.
SELECT dimensions, p99_value, count_value
FROM monitoring.aggregated_metrics
WHERE period = 'daily'
    AND metric_name = :metric
    AND period_start = :day
ORDER BY p99_value DESC NULLS LAST, dimensions
LIMIT 10
