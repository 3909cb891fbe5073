-- Back to version 1: one table each. Days and weeks stay as rows; their exact sums, first and last values are lost.

ALTER TABLE monitoring.aggregated_metrics SET SCHEMA monitoring_parts;
ALTER TABLE monitoring.pipeline_metrics SET SCHEMA monitoring_parts;
ALTER TABLE public.monitoring_events SET SCHEMA monitoring_parts;

CREATE TABLE monitoring.pipeline_metrics (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    metric_name   TEXT NOT NULL,
    metric_value  DOUBLE PRECISION NOT NULL,
    tags          JSONB DEFAULT '{}'::jsonb,
    timestamp     TIMESTAMPTZ DEFAULT now(),
    created_at    TIMESTAMPTZ DEFAULT now()
);
INSERT INTO monitoring.pipeline_metrics (id, metric_name, metric_value, tags, timestamp, created_at)
    SELECT id, metric_name, metric_value, tags, timestamp, created_at FROM monitoring_parts.pipeline_metrics;

CREATE TABLE monitoring.aggregated_metrics (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    metric_name    TEXT NOT NULL,
    period         TEXT NOT NULL CHECK (period IN ('hourly', 'daily', 'weekly')),
    period_start   TIMESTAMPTZ NOT NULL,
    min_value      DOUBLE PRECISION,
    max_value      DOUBLE PRECISION,
    avg_value      DOUBLE PRECISION,
    sum_value      DOUBLE PRECISION,
    count_value    BIGINT NOT NULL,
    dimensions     JSONB NOT NULL DEFAULT '{}'::jsonb,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    kind           TEXT NOT NULL CHECK (kind IN ('COUNT', 'OBSERVATION', 'GAUGE', 'CUMULATIVE')),
    unit           TEXT NOT NULL DEFAULT '',
    p50_value      DOUBLE PRECISION,
    p90_value      DOUBLE PRECISION,
    p95_value      DOUBLE PRECISION,
    p99_value      DOUBLE PRECISION,
    success_count  BIGINT NOT NULL DEFAULT 0,
    error_count    BIGINT NOT NULL DEFAULT 0,
    hit_count      BIGINT NOT NULL DEFAULT 0,
    miss_count     BIGINT NOT NULL DEFAULT 0,
    error_ratio    DOUBLE PRECISION,
    hit_ratio      DOUBLE PRECISION,
    sketch         BYTEA,
    final          BOOLEAN NOT NULL DEFAULT FALSE,
    revision       BIGINT NOT NULL DEFAULT 0,
    updated_at     TIMESTAMPTZ NOT NULL DEFAULT now()
);
INSERT INTO monitoring.aggregated_metrics (
        id, metric_name, period, period_start, min_value, max_value, avg_value, sum_value, count_value, dimensions,
        created_at, kind, unit, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count,
        miss_count, error_ratio, hit_ratio, sketch, final, revision, updated_at)
    SELECT
        id, metric_name, period, period_start, min_value, max_value, avg_value, sum_value, count_value, dimensions,
        created_at, kind, unit, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count,
        miss_count, error_ratio, hit_ratio, sketch, final, revision, updated_at
    FROM monitoring_parts.aggregated_metrics;

CREATE TABLE public.monitoring_events (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    event_type  TEXT NOT NULL,
    details     JSONB DEFAULT '{}'::jsonb,
    created_at  TIMESTAMPTZ DEFAULT now()
);
INSERT INTO public.monitoring_events (id, event_type, details, created_at)
    SELECT id, event_type, details, created_at FROM monitoring_parts.monitoring_events;

DROP TABLE monitoring_parts.aggregated_metrics;
DROP TABLE monitoring_parts.pipeline_metrics;
DROP TABLE monitoring_parts.monitoring_events;
DROP FUNCTION monitoring.ensure_partitions(TEXT, TIMESTAMPTZ, TIMESTAMPTZ);
DROP FUNCTION monitoring.drop_expired_partitions(TEXT, TIMESTAMPTZ);
DROP FUNCTION monitoring.is_partition(TEXT, TEXT);
DROP FUNCTION monitoring.partition_at(TEXT, TIMESTAMPTZ);
DROP SCHEMA monitoring_parts;

CREATE INDEX pipeline_metrics_by_metric_and_time ON monitoring.pipeline_metrics (metric_name, timestamp);
CREATE INDEX pipeline_metrics_by_time ON monitoring.pipeline_metrics (timestamp);
COMMENT ON TABLE monitoring.pipeline_metrics IS 'Raw measurements of the metrics that opted in';

CREATE UNIQUE INDEX aggregated_metrics_once
    ON monitoring.aggregated_metrics
        (metric_name, period, period_start, monitoring.dimensions_key(dimensions), kind, unit);
CREATE INDEX aggregated_metrics_by_time ON monitoring.aggregated_metrics (period, period_start);
COMMENT ON TABLE monitoring.aggregated_metrics IS 'One row a series and period, [period_start, period_start + period)';
COMMENT ON COLUMN monitoring.aggregated_metrics.unit IS 'As the events gave it, empty if they gave none; another unit or kind is another row';
COMMENT ON COLUMN monitoring.aggregated_metrics.dimensions IS 'The labels of the series, with its service';
COMMENT ON COLUMN monitoring.aggregated_metrics.avg_value IS 'sum_value / count_value; null for CUMULATIVE, whose sum is an increase';
COMMENT ON COLUMN monitoring.aggregated_metrics.sketch IS 'HdrHistogram V2 bytes, not compressed; OBSERVATION only';
COMMENT ON COLUMN monitoring.aggregated_metrics.final IS 'The period is over; a late event may still raise revision';
COMMENT ON COLUMN monitoring.aggregated_metrics.revision IS 'Only a greater revision replaces a row';
CREATE INDEX monitoring_events_by_time ON public.monitoring_events (created_at);
