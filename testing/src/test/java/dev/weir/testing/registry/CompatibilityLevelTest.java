package dev.weir.testing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {
    private static final Schema A =
            SchemaBuilder.record("R").fields().requiredInt("a").endRecord();
    private static final Schema AB =
            SchemaBuilder.record("R").fields().requiredInt("a").requiredInt("b").endRecord();
    private static final Schema A_MAYBE_B = SchemaBuilder.record("R")
            .fields()
            .requiredInt("a")
            .name("b")
            .type()
            .intType()
            .intDefault(0)
            .endRecord();
    private static final Schema EMPTY = SchemaBuilder.record("R").fields().endRecord();

    /** Columns: a field is added without a default; one is taken away; one with a default comes. */
    @ParameterizedTest
    @CsvSource({
        "NONE,                true,  true,  true",
        "BACKWARD,            false, true,  true",
        "BACKWARD_TRANSITIVE, false, true,  true",
        "FORWARD,             true,  false, true",
        "FORWARD_TRANSITIVE,  true,  false, true",
        "FULL,                false, false, true",
        "FULL_TRANSITIVE,     false, false, true"
    })
    void levelAllowsItsDirections(CompatibilityLevel level, boolean added, boolean taken, boolean withDefault) {
        assertThat(level.faults(AB, versions(A)).isEmpty()).isEqualTo(added);
        assertThat(level.faults(A, versions(AB)).isEmpty()).isEqualTo(taken);
        assertThat(level.faults(A_MAYBE_B, versions(A)).isEmpty()).isEqualTo(withDefault);
    }

    /** The last version is compatible, the one before is not. */
    @ParameterizedTest
    @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false", "FULL, true", "FULL_TRANSITIVE, false"})
    void onlyTransitiveLevelsLookFurtherBack(CompatibilityLevel level, boolean allowed) {
        assertThat(level.faults(AB, versions(EMPTY, A_MAYBE_B)).isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"FORWARD, true", "FORWARD_TRANSITIVE, false"})
    void forwardTransitiveLooksFurtherBack(CompatibilityLevel level, boolean allowed) {
        assertThat(level.faults(EMPTY, versions(A, EMPTY)).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void firstVersionIsAlwaysAllowed() {
        assertThat(CompatibilityLevel.FULL_TRANSITIVE.faults(A, List.of())).isEmpty();
    }

    @Test
    void nameIsReadInAnyCase() {
        assertThat(CompatibilityLevel.of("full_transitive")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        assertThatThrownBy(() -> CompatibilityLevel.of("")).isInstanceOf(RegistryError.class);
    }

    private static List<StoredSchema> versions(Schema... schemas) {
        return IntStream.range(0, schemas.length)
                .mapToObj(i -> new StoredSchema("s", i + 1, i + 1, schemas[i], false))
                .toList();
    }
}
