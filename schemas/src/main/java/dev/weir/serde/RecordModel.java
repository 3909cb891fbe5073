package dev.weir.serde;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's view of one generated class and the generated classes inside it.
 *
 * <p>Avro itself refuses to load a class that a system property does not list, because a schema is foreign input.
 * Here only classes that Avro generated are taken, whatever their package, and none is initialized to find out.
 */
final class RecordModel extends SpecificData {
    /** Avro asks for each record and enum that it reads. */
    private final ConcurrentMap<String, Optional<Class<?>>> classes = new ConcurrentHashMap<>();

    private RecordModel(Class<?> generated) {
        super(generated.getClassLoader());
        for (Conversion<?> conversion : SpecificData.getForClass(generated).getConversions()) {
            addLogicalTypeConversion(conversion);
        }
    }

    static RecordModel of(Class<?> generated) {
        return new RecordModel(generated);
    }

    /** Returns the generated class with the full name of the record schema, or null if there is none. */
    static @Nullable Class<?> recordClass(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return null;
        }
        Class<?> found = generated(schema.getFullName(), Thread.currentThread().getContextClassLoader());
        if (found == null) {
            found = generated(schema.getFullName(), RecordModel.class.getClassLoader());
        }
        return found != null && SpecificRecord.class.isAssignableFrom(found) ? found : null;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED ->
                classes.computeIfAbsent(
                                schema.getFullName(), name -> Optional.ofNullable(generated(name, getClassLoader())))
                        .orElse(null);
            default -> super.getClass(schema);
        };
    }

    private static @Nullable Class<?> generated(String name, @Nullable ClassLoader loader) {
        try {
            Class<?> found = Class.forName(name, false, loader);
            boolean isGenerated = SpecificRecord.class.isAssignableFrom(found)
                    || SpecificFixed.class.isAssignableFrom(found)
                    || GenericEnumSymbol.class.isAssignableFrom(found);
            return isGenerated ? found : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
