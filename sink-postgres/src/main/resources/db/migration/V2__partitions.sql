-- Tables that grow with time become partitioned by it, so that retention drops partitions and deletes no rows.
-- Partitions stand in a schema of their own and are made and dropped by the two functions at the end.

CREATE SCHEMA monitoring_parts;
COMMENT ON SCHEMA monitoring_parts IS 'Partitions of the tables in monitoring and public; read the tables, not these';

-- The tables of version 1 step aside with their index and constraint names; dropped when their rows have moved.
ALTER TABLE monitoring.aggregated_metrics SET SCHEMA monitoring_parts;
ALTER TABLE monitoring.pipeline_metrics SET SCHEMA monitoring_parts;
ALTER TABLE public.monitoring_events SET SCHEMA monitoring_parts;

CREATE TABLE monitoring.aggregated_metrics (
    id             UUID NOT NULL DEFAULT gen_random_uuid(),
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
    updated_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    exact_sum      NUMERIC,
    first_value    DOUBLE PRECISION,
    last_value     DOUBLE PRECISION,
    covered_until  TIMESTAMPTZ
) PARTITION BY LIST (period);

CREATE TABLE monitoring_parts.aggregated_metrics_hourly
    PARTITION OF monitoring.aggregated_metrics FOR VALUES IN ('hourly') PARTITION BY RANGE (period_start);
CREATE TABLE monitoring_parts.aggregated_metrics_daily
    PARTITION OF monitoring.aggregated_metrics FOR VALUES IN ('daily') PARTITION BY RANGE (period_start);
CREATE TABLE monitoring_parts.aggregated_metrics_weekly
    PARTITION OF monitoring.aggregated_metrics FOR VALUES IN ('weekly') PARTITION BY RANGE (period_start);

COMMENT ON TABLE monitoring.aggregated_metrics IS 'One row a series and period, [period_start, period_start + period)';
COMMENT ON COLUMN monitoring.aggregated_metrics.period_start IS 'Days and weeks (from Monday) begin at midnight of the sink''s time zone';
COMMENT ON COLUMN monitoring.aggregated_metrics.unit IS 'As the events gave it, empty if they gave none; another unit or kind is another row';
COMMENT ON COLUMN monitoring.aggregated_metrics.dimensions IS 'The labels of the series, with its service';
COMMENT ON COLUMN monitoring.aggregated_metrics.avg_value IS 'sum_value / count_value; null for CUMULATIVE, whose sum is an increase';
COMMENT ON COLUMN monitoring.aggregated_metrics.sketch IS 'HdrHistogram V2 bytes, not compressed; OBSERVATION only';
COMMENT ON COLUMN monitoring.aggregated_metrics.final IS 'The period is over; a late event may still raise revision';
COMMENT ON COLUMN monitoring.aggregated_metrics.revision IS 'Only a greater revision replaces a row; below 0 while its hour is open. Of days and weeks: their final hours, each 1 + its revision, less 1';
COMMENT ON COLUMN monitoring.aggregated_metrics.exact_sum IS 'The sum before it is rounded to sum_value; null in rows of version 1';
COMMENT ON COLUMN monitoring.aggregated_metrics.first_value IS 'CUMULATIVE: the value with the least time';
COMMENT ON COLUMN monitoring.aggregated_metrics.last_value IS 'GAUGE and CUMULATIVE: the value with the greatest time';
COMMENT ON COLUMN monitoring.aggregated_metrics.covered_until IS 'End of the last hour that is in the row';

CREATE TABLE monitoring.pipeline_metrics (
    id            UUID NOT NULL DEFAULT gen_random_uuid(),
    metric_name   TEXT NOT NULL,
    metric_value  DOUBLE PRECISION NOT NULL,
    tags          JSONB DEFAULT '{}'::jsonb,
    timestamp     TIMESTAMPTZ NOT NULL DEFAULT now(),
    created_at    TIMESTAMPTZ DEFAULT now()
) PARTITION BY RANGE (timestamp);
COMMENT ON TABLE monitoring.pipeline_metrics IS 'Raw measurements of the metrics that opted in';

CREATE TABLE public.monitoring_events (
    id          UUID NOT NULL DEFAULT gen_random_uuid(),
    event_type  TEXT NOT NULL,
    details     JSONB DEFAULT '{}'::jsonb,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
) PARTITION BY RANGE (created_at);

-- The partition of a table that an instant falls into. Days, months, years and weeks (from Monday) are UTC.
CREATE FUNCTION monitoring.partition_at(rows TEXT, at TIMESTAMPTZ,
        OUT parent TEXT, OUT name TEXT, OUT lower_bound TIMESTAMPTZ, OUT upper_bound TIMESTAMPTZ)
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    unit TEXT;
    first_day TIMESTAMP;
BEGIN
    CASE rows
        WHEN 'hourly' THEN parent := 'monitoring_parts.aggregated_metrics_hourly'; unit := 'day';
        WHEN 'daily' THEN parent := 'monitoring_parts.aggregated_metrics_daily'; unit := 'month';
        WHEN 'weekly' THEN parent := 'monitoring_parts.aggregated_metrics_weekly'; unit := 'year';
        WHEN 'raw' THEN parent := 'monitoring.pipeline_metrics'; unit := 'day';
        WHEN 'events' THEN parent := 'public.monitoring_events'; unit := 'week';
        ELSE RAISE EXCEPTION 'rows is %, must be hourly, daily, weekly, raw or events', rows
            USING ERRCODE = 'invalid_parameter_value';
    END CASE;
    first_day := date_trunc(unit, at AT TIME ZONE 'UTC');
    name := split_part(parent, '.', 2) || '_' || to_char(first_day, 'YYYYMMDD');
    lower_bound := first_day AT TIME ZONE 'UTC';
    upper_bound := (first_day + ('1 ' || unit)::interval) AT TIME ZONE 'UTC';
END
$$;
COMMENT ON FUNCTION monitoring.partition_at(TEXT, TIMESTAMPTZ) IS 'Where rows hourly, daily, weekly, raw or events of an instant stand';

-- ATTACH, unlike CREATE TABLE ... PARTITION OF, lets readers and writers of the table go on.
CREATE FUNCTION monitoring.ensure_partitions(rows TEXT, since TIMESTAMPTZ, until TIMESTAMPTZ) RETURNS INTEGER
    LANGUAGE plpgsql STRICT SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '500ms'
    SET timezone = 'UTC'
    SET datestyle = 'ISO'
    AS $$
DECLARE
    longest CONSTANT INTERVAL := '10 years';
    at TIMESTAMPTZ := since;
    part RECORD;
    made INTEGER := 0;
BEGIN
    IF until > since + longest THEN
        RAISE EXCEPTION 'until is %, must be at most % after since, %', until, longest, since
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    WHILE at <= until LOOP
        SELECT * INTO part FROM monitoring.partition_at(rows, at);
        at := part.upper_bound;
        CONTINUE WHEN monitoring.is_partition(part.parent, part.name);
        -- Others that make partitions are waited for; readers wait for no lock of this function longer than for its timeout.
        PERFORM set_config('lock_timeout', '30s', true);
        PERFORM pg_advisory_xact_lock(hashtext('monitoring.partitions'));
        PERFORM set_config('lock_timeout', '500ms', true);
        CONTINUE WHEN monitoring.is_partition(part.parent, part.name);
        EXECUTE format('CREATE TABLE monitoring_parts.%I (LIKE %s INCLUDING ALL) WITH (fillfactor = %s)',
            part.name, part.parent, CASE WHEN rows IN ('raw', 'events') THEN 100 ELSE 80 END);
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION monitoring_parts.%I FOR VALUES FROM (%L) TO (%L)',
            part.parent, part.name, part.lower_bound, part.upper_bound);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;
COMMENT ON FUNCTION monitoring.ensure_partitions(TEXT, TIMESTAMPTZ, TIMESTAMPTZ) IS
    'Makes the partitions of [since, until] that are missing; safe from several sessions. Returns how many';

CREATE FUNCTION monitoring.is_partition(parent TEXT, name TEXT) RETURNS BOOLEAN
    LANGUAGE plpgsql STRICT
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    found_table REGCLASS;
BEGIN
    -- Not by to_regclass, whose cache does not see what was committed while the caller waited for the advisory lock.
    SELECT oid INTO found_table FROM pg_class
        WHERE relname = name AND relnamespace = 'monitoring_parts'::regnamespace;
    IF found_table IS NULL THEN
        RETURN FALSE;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = found_table AND inhparent = parent::regclass) THEN
        RAISE EXCEPTION 'table % is not attached, must be a partition of %: attach or rename it', found_table, parent
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN TRUE;
END
$$;
COMMENT ON FUNCTION monitoring.is_partition(TEXT, TEXT) IS 'Whether the partition is there; an error if a table of its name is detached';

-- DROP locks the whole table for a moment: behind a long query it gives up after the lock timeout, to be called again.
CREATE FUNCTION monitoring.drop_expired_partitions(rows TEXT, before TIMESTAMPTZ) RETURNS INTEGER
    LANGUAGE plpgsql STRICT SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '500ms'
    SET timezone = 'UTC'
    AS $$
DECLARE
    part RECORD;
    dropped INTEGER := 0;
BEGIN
    IF before > now() - INTERVAL '12 hours' THEN
        RAISE EXCEPTION 'before is %, must be at least 12 hours ago', before
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR part IN
        -- As text now: the name of a table that another sink drops meanwhile would become its number.
        SELECT c.oid::regclass::text AS partition_name
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = (SELECT parent FROM monitoring.partition_at(rows, before))::regclass
            AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz <= before
        ORDER BY c.relname
    LOOP
        EXECUTE format('DROP TABLE IF EXISTS %s', part.partition_name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
EXCEPTION
    WHEN lock_not_available THEN
        RAISE WARNING 'partitions of % before % are in use and stay until the next call', rows, before;
        RETURN 0;
END
$$;
COMMENT ON FUNCTION monitoring.drop_expired_partitions(TEXT, TIMESTAMPTZ) IS
    'Drops the partitions that end before or at an instant, all or, if one is in use, none. Returns how many';

REVOKE ALL ON FUNCTION monitoring.ensure_partitions(TEXT, TIMESTAMPTZ, TIMESTAMPTZ) FROM PUBLIC;
REVOKE ALL ON FUNCTION monitoring.drop_expired_partitions(TEXT, TIMESTAMPTZ) FROM PUBLIC;

-- Partitions for what is there, and enough ahead for a sink of version 1 that still runs.
DO $$
BEGIN
    PERFORM monitoring.ensure_partitions(found_rows.rows, at, at)
        FROM (
            SELECT DISTINCT period AS rows, date_trunc('day', period_start, 'UTC') AS at FROM monitoring_parts.aggregated_metrics
            UNION
            SELECT DISTINCT 'raw', date_trunc('day', coalesce(timestamp, created_at, now()), 'UTC') FROM monitoring_parts.pipeline_metrics
            UNION
            SELECT DISTINCT 'events', date_trunc('day', coalesce(created_at, now()), 'UTC') FROM monitoring_parts.monitoring_events
        ) found_rows;
    PERFORM monitoring.ensure_partitions(rows, now(), now() + INTERVAL '7 days')
        FROM unnest(ARRAY['hourly', 'daily', 'weekly', 'raw', 'events']) rows;
    PERFORM monitoring.ensure_partitions('hourly', now() - INTERVAL '2 days', now());
END
$$;

INSERT INTO monitoring.aggregated_metrics (
        id, metric_name, period, period_start, min_value, max_value, avg_value, sum_value, count_value, dimensions,
        created_at, kind, unit, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count,
        miss_count, error_ratio, hit_ratio, sketch, final, revision, updated_at)
    SELECT
        id, metric_name, period, period_start, min_value, max_value, avg_value, sum_value, count_value, dimensions,
        created_at, kind, unit, p50_value, p90_value, p95_value, p99_value, success_count, error_count, hit_count,
        miss_count, error_ratio, hit_ratio, sketch, final, revision, updated_at
    FROM monitoring_parts.aggregated_metrics;
INSERT INTO monitoring.pipeline_metrics (id, metric_name, metric_value, tags, timestamp, created_at)
    SELECT id, metric_name, metric_value, tags, coalesce(timestamp, created_at, now()), created_at
    FROM monitoring_parts.pipeline_metrics;
INSERT INTO public.monitoring_events (id, event_type, details, created_at)
    SELECT id, event_type, details, coalesce(created_at, now()) FROM monitoring_parts.monitoring_events;

DROP TABLE monitoring_parts.aggregated_metrics;
DROP TABLE monitoring_parts.pipeline_metrics;
DROP TABLE monitoring_parts.monitoring_events;

-- One series over time. The columns of version 1, whose sinks name them in ON CONFLICT, in another order. The
-- sink's search for rows names the collation, which keeps it off the index below: before the first ANALYZE of a
-- partition the planner would take either.
CREATE UNIQUE INDEX aggregated_metrics_once
    ON monitoring.aggregated_metrics
        (metric_name COLLATE "C", monitoring.dimensions_key(dimensions), kind, unit, period, period_start);
-- All series of a metric over time.
CREATE INDEX aggregated_metrics_by_metric_and_time ON monitoring.aggregated_metrics (metric_name, period_start);
-- All metrics at one time: rows come by time, so the blocks of an hour lie together.
CREATE INDEX aggregated_metrics_by_time ON monitoring.aggregated_metrics USING brin (period_start) WITH (pages_per_range = 32);
-- Few series of many over a long time: WHERE dimensions @> '{"service": "shop"}'.
CREATE INDEX aggregated_metrics_by_dimensions ON monitoring.aggregated_metrics USING gin (dimensions jsonb_path_ops);
-- Days and weeks that are not yet marked as over.
CREATE INDEX aggregated_metrics_daily_open ON monitoring_parts.aggregated_metrics_daily (period_start) WHERE NOT final;
CREATE INDEX aggregated_metrics_weekly_open ON monitoring_parts.aggregated_metrics_weekly (period_start) WHERE NOT final;
CREATE INDEX pipeline_metrics_by_metric_and_time ON monitoring.pipeline_metrics (metric_name, timestamp);
CREATE INDEX monitoring_events_by_time ON public.monitoring_events (created_at);
