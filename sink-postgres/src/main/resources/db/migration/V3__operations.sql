-- Operational records (issues, events, slow queries, connections, schema versions), alerts, and what people ask of them.

ALTER TABLE monitoring.pipeline_metrics ADD COLUMN unit TEXT;
COMMENT ON COLUMN monitoring.pipeline_metrics.unit IS 'As the event gave it, null if it gave none';
COMMENT ON COLUMN monitoring.pipeline_metrics.tags IS 'The labels of the measurement, with its service and outcome';

ALTER TABLE monitoring.worker_issues
    ADD COLUMN issue_id TEXT,
    ADD COLUMN updated_at TIMESTAMPTZ NOT NULL DEFAULT now();
CREATE UNIQUE INDEX worker_issues_once ON monitoring.worker_issues (issue_id);
COMMENT ON TABLE monitoring.worker_issues IS 'Problems of workers, one row each: what its latest record says';
COMMENT ON COLUMN monitoring.worker_issues.issue_id IS 'Identity in the records; null for a row that was inserted by hand';
COMMENT ON COLUMN monitoring.worker_issues.created_at IS 'When its earliest record was made';
COMMENT ON COLUMN monitoring.worker_issues.updated_at IS 'When its latest record was made';

ALTER TABLE public.monitoring_events ADD COLUMN service TEXT;
COMMENT ON TABLE public.monitoring_events IS 'What happened and is worth a row';
COMMENT ON COLUMN public.monitoring_events.service IS 'The service it happened to, null if it concerns none';

CREATE TABLE monitoring.slow_queries (
    database_name    TEXT NOT NULL,
    query_hash       TEXT NOT NULL,
    query_text       TEXT NOT NULL,
    avg_duration_ms  DOUBLE PRECISION NOT NULL,
    call_count       BIGINT NOT NULL,
    detected_at      TIMESTAMPTZ NOT NULL,
    last_seen        TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (database_name, query_hash)
);
CREATE INDEX slow_queries_by_duration ON monitoring.slow_queries (avg_duration_ms);
COMMENT ON TABLE monitoring.slow_queries IS 'Queries that take long, one row each: what was last said of it';

CREATE TABLE monitoring.connection_samples (
    database_name  TEXT PRIMARY KEY,
    states         JSONB NOT NULL,
    observed_at    TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE monitoring.connection_samples IS 'The connections of each database as last counted; read monitoring.connection_stats';
COMMENT ON COLUMN monitoring.connection_samples.states IS 'A list of {state, connections, longest_ms}';

CREATE TABLE monitoring.schema_versions (
    environment  TEXT NOT NULL,
    component    TEXT NOT NULL,
    version      TEXT NOT NULL,
    first_seen   TIMESTAMPTZ NOT NULL,
    last_seen    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (environment, component, version)
);
COMMENT ON TABLE monitoring.schema_versions IS 'Every schema version that a component of an environment has run with';

CREATE VIEW monitoring.active_schema_versions AS
SELECT DISTINCT ON (environment, component) environment, component, version, first_seen, last_seen
FROM monitoring.schema_versions
ORDER BY environment, component, last_seen DESC, first_seen DESC, version DESC;
COMMENT ON VIEW monitoring.active_schema_versions IS 'The version that each component was last seen with';

CREATE VIEW monitoring.schema_version_mismatches AS
SELECT 'environment' AS scope, environment AS name, jsonb_object_agg(component, version) AS versions,
    max(first_seen) AS since
FROM monitoring.active_schema_versions
GROUP BY environment
HAVING count(DISTINCT version) > 1
UNION ALL
SELECT 'component', component, jsonb_object_agg(environment, version), max(first_seen)
FROM monitoring.active_schema_versions
GROUP BY component
HAVING count(DISTINCT version) > 1;
COMMENT ON VIEW monitoring.schema_version_mismatches IS
    'Environments whose components differ, and components that differ between environments, with the version of each';

-- The tick is part of the key, so that the table can be partitioned by it.
CREATE TABLE monitoring.alert_transitions (
    fingerprint   TEXT NOT NULL,
    sequence      BIGINT NOT NULL,
    evaluated_at  TIMESTAMPTZ NOT NULL,
    alertname     TEXT NOT NULL,
    rule_group    TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('PENDING', 'FIRING', 'RESOLVED', 'INACTIVE')),
    reason        TEXT,
    labels        JSONB NOT NULL,
    annotations   JSONB NOT NULL,
    value         DOUBLE PRECISION,
    value_low     DOUBLE PRECISION,
    value_high    DOUBLE PRECISION,
    active_at     TIMESTAMPTZ NOT NULL,
    starts_at     TIMESTAMPTZ,
    ends_at       TIMESTAMPTZ,
    expression    TEXT NOT NULL,
    rule_version  TEXT NOT NULL,
    PRIMARY KEY (fingerprint, sequence, evaluated_at)
);
CREATE INDEX alert_transitions_by_time ON monitoring.alert_transitions (evaluated_at);
CREATE INDEX alert_transitions_by_name_and_time ON monitoring.alert_transitions (alertname, evaluated_at);
COMMENT ON TABLE monitoring.alert_transitions IS 'Every change of every alert';
COMMENT ON COLUMN monitoring.alert_transitions.evaluated_at IS 'The tick, in event time';
COMMENT ON COLUMN monitoring.alert_transitions.active_at IS 'Since when the condition held';
COMMENT ON COLUMN monitoring.alert_transitions.starts_at IS 'When it began to fire, null if it never did';
COMMENT ON COLUMN monitoring.alert_transitions.value_low IS 'Lower bound of the value where it comes from a sketch';

CREATE TABLE monitoring.alerts (
    LIKE monitoring.alert_transitions INCLUDING COMMENTS INCLUDING CONSTRAINTS,
    PRIMARY KEY (fingerprint)
);
CREATE INDEX alerts_by_state ON monitoring.alerts (state);
COMMENT ON TABLE monitoring.alerts IS 'The latest change of each alert';

-- Views.

CREATE FUNCTION monitoring.in_milliseconds(value DOUBLE PRECISION, unit TEXT) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN unit IN ('s', 'seconds') THEN value * 1000 WHEN unit = 'us' THEN value / 1000 ELSE value END $$;
COMMENT ON FUNCTION monitoring.in_milliseconds(DOUBLE PRECISION, TEXT) IS 'A duration in ms; one without a unit is taken as ms';

CREATE VIEW monitoring.queue_metrics AS
SELECT
    dimensions->>'queue' AS queue_name,
    period_start AS hour,
    sum(count_value) FILTER (WHERE metric_name = 'queue_processing') AS total_batches,
    sum(success_count) FILTER (WHERE metric_name = 'queue_processing') AS success_count,
    sum(error_count) FILTER (WHERE metric_name = 'queue_processing') AS error_count,
    sum(monitoring.in_milliseconds(sum_value, unit)) FILTER (WHERE metric_name = 'queue_processing')
        / nullif(sum(count_value) FILTER (WHERE metric_name = 'queue_processing'), 0) AS avg_processing_time_ms,
    sum(sum_value) FILTER (WHERE metric_name = 'queue_messages_total') AS total_messages_processed
FROM monitoring.aggregated_metrics
WHERE period = 'hourly'
    AND metric_name IN ('queue_processing', 'queue_messages_total')
    AND period_start > now() - interval '7 days'
    AND dimensions ? 'queue'
GROUP BY dimensions->>'queue', period_start
HAVING count(*) FILTER (WHERE metric_name = 'queue_processing') > 0
ORDER BY queue_name, hour DESC;
COMMENT ON VIEW monitoring.queue_metrics IS 'The last 7 days of each queue by the hour: its batches, and the messages in them';

-- The outcomes of an hour are counted, not measured apart: the mean of the successful calls alone needs raw
-- measurements, except where no call failed.
CREATE VIEW monitoring.api_metrics AS
WITH hourly AS (
    SELECT
        dimensions->>'api' AS api_name,
        period_start AS hour,
        sum(count_value) AS total_calls,
        sum(success_count) AS success_count,
        sum(error_count) AS error_count,
        sum(monitoring.in_milliseconds(sum_value, unit)) / nullif(sum(count_value), 0) AS avg_time_ms,
        max(monitoring.in_milliseconds(p95_value, unit)) AS p95_time_ms
    FROM monitoring.aggregated_metrics
    WHERE period = 'hourly'
        AND metric_name = 'api_call'
        AND period_start > now() - interval '7 days'
        AND dimensions ? 'api'
    GROUP BY dimensions->>'api', period_start
), raw AS (
    SELECT
        tags->>'api' AS api_name,
        date_trunc('hour', timestamp, 'UTC') AS hour,
        avg(monitoring.in_milliseconds(metric_value, unit)) AS avg_time_ms
    FROM monitoring.pipeline_metrics
    WHERE metric_name = 'api_call' AND timestamp > now() - interval '7 days' AND tags->>'outcome' = 'SUCCESS'
    GROUP BY tags->>'api', date_trunc('hour', timestamp, 'UTC')
)
SELECT
    api_name,
    hour,
    hourly.total_calls,
    hourly.success_count,
    hourly.error_count,
    hourly.avg_time_ms,
    CASE WHEN hourly.error_count = 0 THEN hourly.avg_time_ms ELSE raw.avg_time_ms END AS avg_success_time_ms,
    hourly.p95_time_ms
FROM hourly
LEFT JOIN raw USING (api_name, hour)
ORDER BY api_name, hour DESC;
COMMENT ON VIEW monitoring.api_metrics IS
    'The last 7 days of each API by the hour; p95 of several series of one API is the greatest of theirs, which theirs together never exceeds';
COMMENT ON COLUMN monitoring.api_metrics.avg_success_time_ms IS 'Null where calls failed and api_call is not stored raw';

CREATE VIEW monitoring.connection_stats AS
SELECT
    datname::text AS datname,
    state,
    count(*) AS connection_count,
    max(now() - state_change) AS max_state_duration,
    'this server' AS source,
    now() AS observed_at
FROM pg_catalog.pg_stat_activity
WHERE state IS NOT NULL
GROUP BY datname, state
UNION ALL
SELECT database_name, each.state, each.connections, each.longest_ms * interval '1 millisecond', 'reported', observed_at
FROM monitoring.connection_samples
CROSS JOIN LATERAL jsonb_to_recordset(states) AS each (state TEXT, connections BIGINT, longest_ms BIGINT);
COMMENT ON VIEW monitoring.connection_stats IS 'Connections by database and state: of this server now, of others as last reported';

-- Works wherever the extension stands, and before it is there.
CREATE FUNCTION monitoring.query_statistics() RETURNS TABLE (
        query TEXT, calls BIGINT, total_time DOUBLE PRECISION, mean_time DOUBLE PRECISION, min_time DOUBLE PRECISION,
        max_time DOUBLE PRECISION, stddev_time DOUBLE PRECISION)
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    found_schema NAME;
BEGIN
    SELECT n.nspname INTO found_schema
        FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname = 'pg_stat_statements';
    IF found_schema IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT query, calls, total_exec_time, mean_exec_time, min_exec_time, max_exec_time, stddev_exec_time'
        ' FROM %I.pg_stat_statements', found_schema);
EXCEPTION
    -- Installed, but the server was started without it.
    WHEN object_not_in_prerequisite_state THEN
        RETURN;
END
$$;
COMMENT ON FUNCTION monitoring.query_statistics() IS 'What pg_stat_statements has, times in ms; nothing without the extension';

CREATE VIEW monitoring.query_performance AS
SELECT query, calls, total_time, mean_time, min_time, max_time, stddev_time, total_time / calls AS avg_time_per_call
FROM monitoring.query_statistics()
WHERE calls > 100
ORDER BY total_time DESC;
COMMENT ON VIEW monitoring.query_performance IS 'Queries that this server has run more than 100 times; empty without pg_stat_statements';

-- Health. Each part is asked on its own: one that fails says so and hides no other.

CREATE FUNCTION monitoring.queue_health() RETURNS JSONB
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$
WITH newest AS (
    SELECT DISTINCT ON (dimensions) coalesce(last_value, max_value) AS stuck, updated_at
    FROM monitoring.aggregated_metrics
    WHERE period = 'hourly' AND metric_name = 'queue_stuck_messages' AND period_start > now() - interval '2 hours'
    ORDER BY dimensions, period_start DESC
), total AS (
    SELECT count(*) AS queues, count(*) FILTER (WHERE stuck > 0) AS with_issues, coalesce(sum(stuck), 0) AS stuck,
        max(updated_at) AS last_check
    FROM newest
)
SELECT jsonb_build_object(
    'status', CASE WHEN stuck > 10 THEN 'critical' WHEN stuck > 0 THEN 'warning' ELSE 'healthy' END,
    'queues_checked', queues,
    'queues_with_issues', with_issues,
    'total_stuck_messages', stuck,
    'last_check_time', last_check)
FROM total
$$;
COMMENT ON FUNCTION monitoring.queue_health() IS 'Stuck messages by the newest level of each queue in two hours: any is a warning, more than 10 are critical';

CREATE FUNCTION monitoring.processing_health() RETURNS JSONB
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$
WITH total AS (
    SELECT coalesce(sum(count_value), 0) AS batches, coalesce(sum(error_count), 0) AS failed,
        sum(error_count) / nullif(sum(success_count + error_count), 0) AS error_ratio, max(updated_at) AS last_check
    FROM monitoring.aggregated_metrics
    WHERE period = 'hourly' AND metric_name = 'queue_processing' AND period_start > now() - interval '2 hours'
)
SELECT jsonb_build_object(
    'status', CASE WHEN error_ratio > 0.5 THEN 'critical' WHEN error_ratio > 0.1 THEN 'warning' ELSE 'healthy' END,
    'batches', batches,
    'failed_batches', failed,
    'error_ratio', round(error_ratio, 6),
    'last_check_time', last_check)
FROM total
$$;
COMMENT ON FUNCTION monitoring.processing_health() IS 'Batches of two hours: more than 10 % failed is a warning, more than 50 % is critical';

CREATE FUNCTION monitoring.worker_health() RETURNS JSONB
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$
WITH total AS (
    SELECT count(*) AS issues, count(*) FILTER (WHERE severity = 'critical') AS critical,
        count(*) FILTER (WHERE severity <> 'info') AS grave, count(DISTINCT worker_name) AS workers,
        max(updated_at) AS last_issue
    FROM monitoring.worker_issues
    WHERE NOT resolved
)
SELECT jsonb_build_object(
    'status', CASE WHEN critical > 0 THEN 'critical' WHEN grave > 0 THEN 'warning' ELSE 'healthy' END,
    'open_issues', issues,
    'critical_issues', critical,
    'workers_with_issues', workers,
    'last_issue_time', last_issue)
FROM total
$$;
COMMENT ON FUNCTION monitoring.worker_health() IS 'Open issues of workers: a critical one is critical, any other but an info is a warning';

CREATE FUNCTION monitoring.health_of(part TEXT) RETURNS JSONB
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    health JSONB;
BEGIN
    EXECUTE format('SELECT monitoring.%I()', part) INTO STRICT health;
    RETURN health;
EXCEPTION
    WHEN OTHERS THEN
        RETURN jsonb_build_object('status', 'unknown', 'error', SQLERRM);
END
$$;
COMMENT ON FUNCTION monitoring.health_of(TEXT) IS 'What queue_health, processing_health or worker_health says, or its error';

CREATE FUNCTION public.get_system_health() RETURNS JSONB
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS $$
WITH parts AS (
    SELECT monitoring.health_of('queue_health') AS queue, monitoring.health_of('processing_health') AS processing,
        monitoring.health_of('worker_health') AS worker
)
SELECT jsonb_build_object(
    'timestamp', now(),
    'queue_health', queue,
    'processing_health', processing,
    'worker_health', worker,
    'overall_status', CASE
        WHEN 'critical' IN (queue->>'status', processing->>'status', worker->>'status') THEN 'critical'
        WHEN 'warning' IN (queue->>'status', processing->>'status', worker->>'status')
            OR 'unknown' IN (queue->>'status', processing->>'status', worker->>'status') THEN 'warning'
        ELSE 'healthy'
    END)
FROM parts
$$;
COMMENT ON FUNCTION public.get_system_health() IS 'healthy, warning or critical, with its parts; a part that cannot be told is a warning';

CREATE FUNCTION public.purge_old_monitoring_events(retention_days INTEGER DEFAULT 30) RETURNS INTEGER
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    before TIMESTAMPTZ := now() - retention_days * interval '1 day';
    expired INTEGER;
BEGIN
    IF retention_days IS NULL OR retention_days < 1 THEN
        RAISE EXCEPTION 'retention_days is %, must be >= 1', retention_days USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT count(*) INTO expired
        FROM public.monitoring_events
        WHERE created_at < (SELECT lower_bound FROM monitoring.partition_at('events', before));
    RETURN CASE WHEN monitoring.drop_expired_partitions('events', before) > 0 THEN expired ELSE 0 END;
END
$$;
COMMENT ON FUNCTION public.purge_old_monitoring_events(INTEGER) IS
    'Drops the partitions whose events are all older than so many days; returns how many events were in them';

REVOKE ALL ON FUNCTION public.get_system_health() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.purge_old_monitoring_events(INTEGER) FROM PUBLIC;
