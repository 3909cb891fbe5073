-- Everything is lost with its tables: aggregates, raw measurements, issues, events, offsets and rejects.
-- Schema weir stays, as the history of migrations stands there.

DROP TABLE weir.sink_rejects;
DROP TABLE weir.sink_offsets;
DROP TABLE public.monitoring_events;
DROP TABLE monitoring.worker_issues;
DROP TABLE monitoring.aggregated_metrics;
DROP FUNCTION monitoring.dimensions_key(JSONB);
DROP TABLE monitoring.pipeline_metrics;
DROP SCHEMA monitoring;
