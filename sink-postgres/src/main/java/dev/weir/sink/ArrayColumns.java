package dev.weir.sink;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement over {@code unnest}, one array a column: the text never changes, so the server keeps its
 * plan, and no limit on parameters is met.
 */
record ArrayColumns<R>(Update update, List<R> rows) {
    ArrayColumns<R> text(String name, Function<R, @Nullable String> value) {
        return bind(name, "text", value);
    }

    /** As ms since 1970: PostgreSQL reads no year above 9999 in Java's writing. */
    ArrayColumns<R> ms(String name, Function<R, @Nullable Instant> value) {
        return bind(name, "int8", row -> {
            @Nullable Instant instant = value.apply(row);
            return instant == null ? null : Long.valueOf(instant.toEpochMilli());
        });
    }

    /** @param type of the elements, as PostgreSQL names it */
    ArrayColumns<R> bind(String name, String type, Function<R, ?> value) {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        update.bind(name, (Argument) (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values)));
        return this;
    }
}
