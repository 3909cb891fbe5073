-- Everything belongs to the user who runs this again. The roles stay: they are of the whole server, and others may be members.

DO $$
DECLARE
    object RECORD;
BEGIN
    IF to_regrole('${owner}') IS NULL OR to_regrole('${writer}') IS NULL OR to_regrole('${reader}') IS NULL THEN
        RETURN;
    END IF;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA monitoring REVOKE SELECT ON TABLES FROM ${reader};
    FOR object IN SELECT * FROM weir.objects() LOOP
        EXECUTE format('REVOKE ALL ON %s %s FROM ${writer}, ${reader}',
            CASE object.kind WHEN 'SCHEMA' THEN 'SCHEMA' WHEN 'FUNCTION' THEN 'FUNCTION' WHEN 'AGGREGATE' THEN 'FUNCTION'
                WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END,
            object.name);
        IF object.kind IN ('FUNCTION', 'AGGREGATE') AND NOT object.definer THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', object.name);
        END IF;
    END LOOP;
    FOR object IN SELECT * FROM weir.objects() o WHERE o.owner = to_regrole('${owner}') ORDER BY o.kind = 'SCHEMA' DESC LOOP
        EXECUTE format('ALTER %s %s OWNER TO CURRENT_USER', object.kind, object.name);
    END LOOP;
    REVOKE ALL ON SCHEMA public FROM ${owner};
END
$$;

DROP FUNCTION weir.apply_grants();
DROP FUNCTION weir.writer_tables();
DROP FUNCTION weir.objects();
DROP FUNCTION weir.make_roles();
