-- Each series of one metric in a week beside the week before: :metric, :week is its Monday's midnight.
SELECT this.dimensions, this.count_value, before.count_value AS count_before,
    this.p95_value, before.p95_value AS p95_before,
    this.p95_value / nullif(before.p95_value, 0) - 1 AS p95_change
FROM monitoring.aggregated_metrics this
LEFT JOIN monitoring.aggregated_metrics before
    ON before.period = 'weekly'
    AND before.period_start = CAST(:week AS timestamptz) - INTERVAL '7 days'
    AND before.metric_name = this.metric_name
    AND before.kind = this.kind AND before.unit = this.unit
    AND monitoring.dimensions_key(before.dimensions) = monitoring.dimensions_key(this.dimensions)
WHERE this.period = 'weekly'
    AND this.metric_name = :metric
    AND this.period_start = :week
ORDER BY p95_change DESC NULLS LAST, this.dimensions
