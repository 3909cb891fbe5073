package dev.weir.sink.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a database holds of Weir: kind and name of each table, column, constraint, index, function and view → its definition.
 *
 * <p>Partitions that come and go with time are left out, and so are owners and grants.
 */
public record Catalog(SortedMap<String, String> objects) {
    private static final String SEPARATOR = " = ";
    private static final String OF_THIS_BUILD = "db/catalog.txt";

    // Definitions are such that PostgreSQL 15 and 18 write them alike: 18 has constraints for NOT NULL, 15 has not, and
    // each formats the text of a view in its own way. The names of functions do not hang on the search path.
    private static final String READ = """
            WITH relation AS (
                SELECT c.oid, c.relkind, n.nspname || '.' || c.relname AS name, c.relname, c.relispartition
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE (n.nspname IN ('monitoring', 'monitoring_parts', 'weir')
                        OR n.nspname = 'public' AND c.relname = 'monitoring_events')
                    AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT (c.relispartition AND c.relkind = 'r')
                    AND c.relname <> 'flyway_schema_history'
            )
            SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table ' ELSE 'view ' END || name,
                    coalesce('partitioned by ' || pg_get_partkeydef(oid), '')
                FROM relation
            UNION ALL
            SELECT 'column ' || r.name || '.' || a.attname,
                    format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
                FROM relation r
                JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            UNION ALL
            SELECT 'constraint ' || r.name || '.' || c.conname, pg_get_constraintdef(c.oid)
                FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype IN ('c', 'p', 'u', 'f', 'x')
            UNION ALL
            SELECT 'index ' || r.name || '.' || i.relname, pg_get_indexdef(i.oid)
                FROM relation r JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class i ON i.oid = x.indexrelid
            UNION ALL
            SELECT CASE p.prokind WHEN 'a' THEN 'aggregate ' WHEN 'p' THEN 'procedure ' ELSE 'function ' END
                        || n.nspname || '.' || p.proname || '(' || replace(oidvectortypes(p.proargtypes), ', ', ',') || ')',
                    coalesce(pg_get_function_result(p.oid), '') || CASE p.provolatile WHEN 'i' THEN ' immutable'
                        WHEN 's' THEN ' stable' ELSE ' volatile' END || CASE WHEN p.proisstrict THEN ' strict' ELSE '' END
                        || CASE p.proparallel WHEN 's' THEN ' parallel safe' ELSE '' END
                        || CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END
                        || coalesce(' set ' || array_to_string(p.proconfig, ' set '), '') || ' md5 ' || md5(p.prosrc)
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname IN ('monitoring', 'weir')
                    OR n.nspname = 'public' AND p.proname IN ('get_system_health', 'purge_old_monitoring_events')
            """;

    public Catalog {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /** What is in the database now. */
    public static Catalog read(Connection connection) throws SQLException {
        SortedMap<String, String> objects = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READ)) {
            while (rows.next()) {
                objects.put(rows.getString(1), rows.getString(2));
            }
        }
        return new Catalog(objects);
    }

    /** What the migrations of this build make. */
    public static Catalog ofThisBuild() {
        try (InputStream bytes = Catalog.class.getClassLoader().getResourceAsStream(OF_THIS_BUILD)) {
            if (bytes == null) {
                throw new IllegalStateException(OF_THIS_BUILD + " is not on the class path, must be in this jar");
            }
            return parse(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + OF_THIS_BUILD, e);
        }
    }

    static Catalog parse(String text) {
        SortedMap<String, String> objects = new TreeMap<>();
        text.lines().forEach(line -> {
            int separator = line.indexOf(SEPARATOR);
            objects.put(line.substring(0, separator), line.substring(separator + SEPARATOR.length()));
        });
        return new Catalog(objects);
    }

    /** One line an object, sorted. */
    String text() {
        return objects.entrySet().stream()
                .map(object -> object.getKey() + SEPARATOR + object.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** What another catalog, that of a database, has less, more or otherwise than this; sorted by name. */
    public List<CatalogMismatch> mismatchesIn(Catalog found) {
        List<CatalogMismatch> mismatches = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(objects.keySet());
        names.addAll(found.objects.keySet());
        for (String name : names) {
            String expected = objects.get(name);
            String present = found.objects.get(name);
            if (expected == null || !expected.equals(present)) {
                mismatches.add(new CatalogMismatch(name, expected, present));
            }
        }
        return mismatches;
    }
}
