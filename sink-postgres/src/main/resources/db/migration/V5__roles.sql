-- Three group roles without login: ${owner} owns everything, ${writer} is for sinks, ${reader} for whoever looks.
-- Roles are of the whole server: made here if this user may, else by whoever may, before or after.

CREATE FUNCTION weir.make_roles() RETURNS VOID
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    role TEXT;
BEGIN
    FOREACH role IN ARRAY ARRAY['${owner}', '${writer}', '${reader}'] LOOP
        IF to_regrole(role) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role);
            EXCEPTION
                -- Another database of this server is being migrated at the same time.
                WHEN duplicate_object OR unique_violation THEN NULL;
                WHEN insufficient_privilege THEN
                    RAISE WARNING 'role % is missing and % may not make it: CREATE ROLE % NOLOGIN as a user who may, then SELECT weir.apply_grants()',
                        role, current_user, role;
            END;
        END IF;
    END LOOP;
    IF to_regrole('${owner}') IS NOT NULL AND NOT pg_has_role('${owner}', 'USAGE') THEN
        EXECUTE format('GRANT %I TO %I', '${owner}', current_user);
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE WARNING '% may not act as ${owner}: GRANT ${owner} TO % as a user who may, then SELECT weir.apply_grants()',
            current_user, current_user;
END
$$;
COMMENT ON FUNCTION weir.make_roles() IS 'Makes the group roles that are missing, as far as this user may';

-- Tables and partitions, views, functions and schemas of Weir, as the ALTER and GRANT statements name them.
CREATE FUNCTION weir.objects(OUT kind TEXT, OUT name TEXT, OUT owner OID, OUT definer BOOLEAN, OUT volatility "char")
    RETURNS SETOF RECORD
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$
    SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
            c.oid::regclass::text, c.relowner, FALSE, NULL::"char"
        FROM pg_class c
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND (c.relnamespace::regnamespace::text IN ('monitoring', 'monitoring_parts', 'weir')
                OR c.oid = to_regclass('public.monitoring_events'))
            -- A sequence of a column goes with its table.
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
    UNION ALL
    SELECT CASE p.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, p.oid::regprocedure::text, p.proowner, p.prosecdef,
            p.provolatile
        FROM pg_proc p
        WHERE p.prokind IN ('f', 'a')
            AND (p.pronamespace::regnamespace::text IN ('monitoring', 'weir')
                OR p.oid IN (to_regprocedure('public.get_system_health()'),
                    to_regprocedure('public.purge_old_monitoring_events(integer)')))
    UNION ALL
    SELECT 'SCHEMA', n.nspname, n.nspowner, FALSE, NULL
        FROM pg_namespace n
        WHERE n.nspname IN ('monitoring', 'monitoring_parts', 'weir')
    $$;
COMMENT ON FUNCTION weir.objects() IS 'Everything in the database that is Weir''s';

-- Access to a partitioned table needs nothing on its partitions.
CREATE FUNCTION weir.writer_tables(OUT name TEXT, OUT privileges TEXT) RETURNS SETOF RECORD
    LANGUAGE sql IMMUTABLE
    AS $$
    VALUES
        ('monitoring.aggregated_metrics', 'SELECT, INSERT, UPDATE'),
        ('monitoring.pipeline_metrics', 'INSERT'),
        ('monitoring.worker_issues', 'SELECT, INSERT, UPDATE'),
        ('monitoring.slow_queries', 'SELECT, INSERT, UPDATE'),
        ('monitoring.connection_samples', 'SELECT, INSERT, UPDATE'),
        ('monitoring.schema_versions', 'SELECT, INSERT, UPDATE'),
        ('monitoring.alert_transitions', 'INSERT'),
        ('monitoring.alerts', 'SELECT, INSERT, UPDATE'),
        ('public.monitoring_events', 'INSERT'),
        ('weir.sink_offsets', 'SELECT, INSERT, UPDATE'),
        ('weir.sink_rejects', 'INSERT'),
        ('weir.flyway_schema_history', 'SELECT')
    $$;
COMMENT ON FUNCTION weir.writer_tables() IS 'What a sink does with which table';

CREATE FUNCTION weir.apply_grants() RETURNS BOOLEAN
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    owner_role CONSTANT REGROLE := to_regrole('${owner}');
    object RECORD;
BEGIN
    IF owner_role IS NULL OR to_regrole('${writer}') IS NULL OR to_regrole('${reader}') IS NULL
            OR NOT pg_has_role(owner_role, 'USAGE') THEN
        RETURN FALSE;
    END IF;
    -- Every batch of a sink begins with this table: none is in the middle of one now, so none can deadlock.
    LOCK TABLE weir.sink_offsets IN ACCESS EXCLUSIVE MODE;
    -- Only who may create in a schema may own a table there.
    EXECUTE 'GRANT CREATE, USAGE ON SCHEMA public TO ${owner}';
    FOR object IN SELECT * FROM weir.objects() o WHERE o.owner <> owner_role ORDER BY o.kind = 'SCHEMA' DESC LOOP
        EXECUTE format('ALTER %s %s OWNER TO ${owner}', object.kind, object.name);
    END LOOP;
    FOR object IN SELECT * FROM weir.objects() LOOP
        EXECUTE format('REVOKE ALL ON %s %s FROM PUBLIC, ${writer}, ${reader}',
            CASE object.kind WHEN 'SCHEMA' THEN 'SCHEMA' WHEN 'FUNCTION' THEN 'FUNCTION' WHEN 'AGGREGATE' THEN 'FUNCTION'
                WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END,
            object.name);
    END LOOP;
    GRANT USAGE ON SCHEMA monitoring, weir TO ${writer}, ${reader};

    FOR object IN SELECT * FROM weir.writer_tables() t WHERE to_regclass(t.name) IS NOT NULL LOOP
        EXECUTE format('GRANT %s ON TABLE %s TO ${writer}', object.privileges, object.name);
    END LOOP;
    -- The functions that make and drop partitions act as the owner; that of the unique index acts as the writer.
    FOR object IN SELECT * FROM weir.objects() o
            WHERE o.kind = 'FUNCTION'
                AND o.name ~ '^monitoring\.(ensure_partitions|drop_expired_partitions|dimensions_key)\(' LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ${writer}', object.name);
    END LOOP;

    FOR object IN SELECT * FROM weir.objects() o
            WHERE o.kind IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW') AND o.name NOT LIKE 'monitoring\_parts.%' LOOP
        EXECUTE format('GRANT SELECT ON TABLE %s TO ${reader}', object.name);
    END LOOP;
    FOR object IN SELECT * FROM weir.objects() o
            WHERE o.kind IN ('FUNCTION', 'AGGREGATE') AND o.volatility <> 'v'
                -- The parts of an aggregate are called on behalf of its owner.
                AND o.name !~ '^(weir\.|monitoring\.(partition_at|is_partition|sketch_merge_step|sketch_encode)\()' LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ${reader}', object.name);
    END LOOP;

    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA monitoring GRANT SELECT ON TABLES TO ${reader};
    RETURN TRUE;
END
$$;
COMMENT ON FUNCTION weir.apply_grants() IS
    'Gives everything to the owner role, and writer and reader exactly what they need; false if a role is missing';

DO $$
BEGIN
    PERFORM weir.make_roles();
    -- weir.apply_grants() follows in afterMigrateApplied.sql, as it does after every later migration.
END
$$;
