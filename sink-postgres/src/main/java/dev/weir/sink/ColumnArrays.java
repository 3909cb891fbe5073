package dev.weir.sink;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Binds one array a column to a statement, for {@code unnest}. */
record ColumnArrays<R>(SqlStatement<?> statement, List<R> rows) {
    ColumnArrays<R> text(String name, Function<R, @Nullable String> value) {
        return bind(name, "text", value);
    }

    ColumnArrays<R> number(String name, Function<R, @Nullable Long> value) {
        return bind(name, "int8", value);
    }

    ColumnArrays<R> real(String name, Function<R, @Nullable Double> value) {
        return bind(name, "float8", value);
    }

    /** As ms since 1970. */
    ColumnArrays<R> ms(String name, Function<R, @Nullable Instant> value) {
        return number(name, row -> {
            Instant instant = value.apply(row);
            return instant == null ? null : instant.toEpochMilli();
        });
    }

    /** An array of any type, by its name in PostgreSQL. */
    <T> ColumnArrays<R> bind(String name, String type, Function<R, @Nullable T> value) {
        Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return array(name, type, values);
    }

    ColumnArrays<R> bytes(String name, Function<R, byte @Nullable []> value) {
        return array(name, "bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    private ColumnArrays<R> array(String name, String type, @Nullable Object[] values) {
        statement.bind(name, (Argument) (position, prepared, context) ->
                prepared.setArray(position, prepared.getConnection().createArrayOf(type, values)));
        return this;
    }
}
