package dev.weir.sink.schema;

import java.util.Map;

/** The group roles of the store by the placeholders that the SQL files have for them. */
public record SchemaRoles(String owner, String writer, String reader) {
    /** {@code weir_owner}, {@code weir_writer} and {@code weir_reader}. */
    public static final SchemaRoles USUAL = new SchemaRoles("weir_owner", "weir_writer", "weir_reader");

    public SchemaRoles {
        require("owner", owner);
        require("writer", writer);
        require("reader", reader);
    }

    Map<String, String> placeholders() {
        return Map.of("owner", owner, "writer", writer, "reader", reader);
    }

    // The SQL files quote neither: a name is what needs no quotes.
    private static void require(String role, String name) {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(role + " role is " + name
                    + ", must be 1 to 63 of a-z, 0-9 and _, not beginning with a digit (store.roles)");
        }
    }
}
