package dev.weir.sink;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Binds one array a column to a statement, for {@code unnest}. */
record ColumnArrays<R>(SqlStatement<?> statement, List<R> rows) {
    void text(String name, Function<R, @Nullable String> value) {
        bind(name, "text", value);
    }

    void number(String name, Function<R, @Nullable Long> value) {
        bind(name, "int8", value);
    }

    void real(String name, Function<R, @Nullable Double> value) {
        bind(name, "float8", value);
    }

    /** An array of any type, by its name in PostgreSQL. */
    <T> void bind(String name, String type, Function<R, @Nullable T> value) {
        Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        array(name, type, values);
    }

    void bytes(String name, Function<R, byte @Nullable []> value) {
        array(name, "bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    private void array(String name, String type, @Nullable Object[] values) {
        statement.bind(name, (Argument) (position, prepared, context) ->
                prepared.setArray(position, prepared.getConnection().createArrayOf(type, values)));
    }
}
