package dev.weir.sink.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Owner, comment and every single grant of each object, which a {@link Catalog} leaves out. */
final class Rights {
    private static final String READ = """
            WITH object AS (
                SELECT 'schema ' || nspname AS name, nspowner AS owner, coalesce(nspacl, acldefault('n', nspowner)) AS acl,
                        obj_description(oid, 'pg_namespace') AS comment
                    FROM pg_namespace WHERE nspname IN ('monitoring', 'monitoring_parts', 'weir', 'public')
                UNION ALL
                SELECT 'relation ' || oid::regclass, relowner, coalesce(relacl, acldefault('r', relowner)),
                        obj_description(oid, 'pg_class')
                    FROM pg_class
                    WHERE (relnamespace::regnamespace::text IN ('monitoring', 'weir', 'monitoring_parts')
                            OR relname = 'monitoring_events')
                        AND relkind IN ('r', 'p', 'v') AND NOT (relispartition AND relkind = 'r')
                UNION ALL
                SELECT 'function ' || oid::regprocedure, proowner, coalesce(proacl, acldefault('f', proowner)),
                        obj_description(oid, 'pg_proc')
                    FROM pg_proc WHERE pronamespace::regnamespace::text IN ('monitoring', 'weir')
                UNION ALL
                SELECT 'default ' || defaclobjtype::text || ' ' || coalesce(n.nspname, ''), defaclrole, defaclacl, NULL
                    FROM pg_default_acl LEFT JOIN pg_namespace n ON n.oid = defaclnamespace
                UNION ALL
                SELECT 'column comment ' || c.oid::regclass || '.' || a.attname, c.relowner, NULL,
                        col_description(c.oid, a.attnum)
                    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                    WHERE c.relnamespace::regnamespace::text IN ('monitoring', 'weir') AND c.relkind IN ('r', 'p', 'v')
                        AND col_description(c.oid, a.attnum) IS NOT NULL
            )
            SELECT name || ' owner ' || owner::regrole || coalesce(' comment ' || comment, '') FROM object
            UNION ALL
            SELECT name || ' ' || privilege_type || ' to ' || CASE grantee WHEN 0 THEN 'public' ELSE grantee::regrole::text END
                FROM object, aclexplode(acl)
            ORDER BY 1
            """;

    private Rights() {}

    static List<String> read(Connection connection) throws SQLException {
        List<String> rights = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READ)) {
            while (rows.next()) {
                rights.add(rows.getString(1));
            }
        }
        return rights;
    }
}
