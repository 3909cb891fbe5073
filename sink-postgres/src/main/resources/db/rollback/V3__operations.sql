-- Back to version 2: operational records but worker issues and monitoring events are lost, and so are alerts.

DROP FUNCTION public.purge_old_monitoring_events(INTEGER);
DROP FUNCTION public.get_system_health();
DROP FUNCTION monitoring.health_of(TEXT);
DROP FUNCTION monitoring.worker_health();
DROP FUNCTION monitoring.processing_health();
DROP FUNCTION monitoring.queue_health();

DROP VIEW monitoring.query_performance;
DROP FUNCTION monitoring.query_statistics();
DROP VIEW monitoring.connection_stats;
DROP VIEW monitoring.api_metrics;
DROP VIEW monitoring.queue_metrics;
DROP FUNCTION monitoring.in_milliseconds(DOUBLE PRECISION, TEXT);

DROP TABLE monitoring.alerts;
DROP TABLE monitoring.alert_transitions;
DROP VIEW monitoring.schema_version_mismatches;
DROP VIEW monitoring.active_schema_versions;
DROP TABLE monitoring.schema_versions;
DROP TABLE monitoring.connection_samples;
DROP TABLE monitoring.slow_queries;

COMMENT ON COLUMN monitoring.pipeline_metrics.tags IS NULL;
ALTER TABLE monitoring.pipeline_metrics DROP COLUMN unit;

DROP INDEX monitoring.worker_issues_once;
COMMENT ON TABLE monitoring.worker_issues IS NULL;
COMMENT ON COLUMN monitoring.worker_issues.created_at IS NULL;
ALTER TABLE monitoring.worker_issues DROP COLUMN issue_id, DROP COLUMN updated_at;

COMMENT ON TABLE public.monitoring_events IS NULL;
ALTER TABLE public.monitoring_events DROP COLUMN service;
