-- Monitoring tables (schema monitoring, public.monitoring_events) and the sink's own book-keeping (schema weir).

CREATE SCHEMA IF NOT EXISTS monitoring;

CREATE TABLE monitoring.pipeline_metrics (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    metric_name   TEXT NOT NULL,
    metric_value  DOUBLE PRECISION NOT NULL,
    tags          JSONB DEFAULT '{}'::jsonb,
    timestamp     TIMESTAMPTZ DEFAULT now(),
    created_at    TIMESTAMPTZ DEFAULT now()
);
CREATE INDEX pipeline_metrics_by_metric_and_time ON monitoring.pipeline_metrics (metric_name, timestamp);
CREATE INDEX pipeline_metrics_by_time ON monitoring.pipeline_metrics (timestamp);
COMMENT ON TABLE monitoring.pipeline_metrics IS 'Raw measurements of the metrics that opted in';

-- Dimensions may be longer than an index row (2704 bytes), so uniqueness stands on their digest.
-- jsonb sorts keys and drops duplicates, so equal label sets have equal text. Immutable in fact: the encoding is fixed.
CREATE FUNCTION monitoring.dimensions_key(dimensions JSONB) RETURNS BYTEA
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT pg_catalog.sha256(pg_catalog.convert_to(dimensions::text, 'UTF8')) $$;
COMMENT ON FUNCTION monitoring.dimensions_key(JSONB) IS 'SHA-256 of a label set, equal for equal sets';

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

CREATE TABLE monitoring.worker_issues (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    worker_name         TEXT NOT NULL,
    issue_type          TEXT NOT NULL,
    severity            TEXT NOT NULL,
    message             TEXT,
    details             JSONB,
    resolved            BOOLEAN DEFAULT FALSE,
    resolution_details  TEXT,
    created_at          TIMESTAMPTZ DEFAULT now(),
    resolved_at         TIMESTAMPTZ
);
CREATE INDEX worker_issues_by_worker_and_time ON monitoring.worker_issues (worker_name, created_at);
CREATE INDEX worker_issues_open_by_time ON monitoring.worker_issues (created_at) WHERE NOT resolved;

CREATE TABLE public.monitoring_events (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    event_type  TEXT NOT NULL,
    details     JSONB DEFAULT '{}'::jsonb,
    created_at  TIMESTAMPTZ DEFAULT now()
);
CREATE INDEX monitoring_events_by_time ON public.monitoring_events (created_at);

-- Schema weir is made by Flyway, which keeps its history there.

CREATE TABLE weir.sink_offsets (
    group_id     TEXT NOT NULL,
    topic        TEXT NOT NULL,
    partition    INTEGER NOT NULL,
    next_offset  BIGINT NOT NULL,
    owner_epoch  BIGINT NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (group_id, topic, partition)
);
COMMENT ON TABLE weir.sink_offsets IS 'Where each partition goes on: written in the transaction that writes its rows';
COMMENT ON COLUMN weir.sink_offsets.owner_epoch IS 'Raised by each new owner; an older owner is refused';

CREATE TABLE weir.sink_rejects (
    group_id       TEXT NOT NULL,
    topic          TEXT NOT NULL,
    partition      INTEGER NOT NULL,
    record_offset  BIGINT NOT NULL,
    reason         TEXT NOT NULL,
    record_key     BYTEA,
    record_value   BYTEA,
    rejected_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (group_id, topic, partition, record_offset)
);
CREATE INDEX sink_rejects_by_time ON weir.sink_rejects (rejected_at);
COMMENT ON TABLE weir.sink_rejects IS 'Records that cannot be stored as rows, whole, with the reason';
