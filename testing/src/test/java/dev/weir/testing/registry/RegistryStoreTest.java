package dev.weir.testing.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryStoreTest {
    private static final Schema A =
            SchemaBuilder.record("R").fields().requiredInt("a").endRecord();
    private static final Schema A_MAYBE_B =
            SchemaBuilder.record("R").fields().requiredInt("a").optionalInt("b").endRecord();

    private final RegistryStore store = new RegistryStore(new RegistryFile(null));

    @Test
    void equalSchemaHasOneIdInEverySubject() {
        assertThat(store.register("s", A).id()).isEqualTo(1);
        assertThat(store.register("t", A).id()).isEqualTo(1);
        assertThat(store.register("s", A_MAYBE_B).id()).isEqualTo(2);
        assertThat(store.register("s", A).version()).isEqualTo(1);
        assertThat(store.versionsWithId(1)).extracting(StoredSchema::subject).containsExactly("s", "t");
    }

    @Test
    void schemaThatDiffersInItsDocumentationIsAnotherVersion() {
        Schema documented =
                SchemaBuilder.record("R").doc("d").fields().requiredInt("a").endRecord();
        store.register("s", A);

        assertThat(store.register("s", documented).version()).isEqualTo(2);
    }

    @Test
    void deletedVersionIsHiddenAndItsNumberNeverUsedAgain() {
        store.register("s", A);
        store.register("s", A_MAYBE_B);
        store.deleteVersion("s", "latest", false);

        assertThat(store.versions("s")).extracting(StoredSchema::version).containsExactly(1);
        assertThat(store.register("s", A_MAYBE_B))
                .extracting(StoredSchema::version, StoredSchema::id)
                .containsExactly(3, 2);
    }

    @Test
    void permanentDeletionFollowsDeletion() {
        store.register("s", A);

        assertThatThrownBy(() -> store.deleteSubject("s", true))
                .hasMessage("Subject 's' or its version must be deleted before it can be deleted permanently");
        store.deleteSubject("s", false);
        assertThat(store.subjects(true)).containsExactly("s");
        store.deleteSubject("s", true);
        assertThat(store.subjects(true)).isEmpty();
        assertThat(store.schema(1)).isEqualTo(A);
    }

    @Test
    void versionIsANumberOrLatest() {
        store.register("s", A);

        assertThat(store.version("s", "1")).isEqualTo(store.version("s", "latest"));
        assertThatThrownBy(() -> store.version("s", "0"))
                .hasMessage("The specified version '0' is not valid, must be 1 or more, or \"latest\"");
        assertThatThrownBy(() -> store.version("s", "2")).hasMessage("Version 2 not found.");
    }

    @Test
    void contentIsReadBackFromItsFile(@TempDir Path directory) {
        RegistryStore first = new RegistryStore(new RegistryFile(directory));
        first.register("s", A);
        first.register("s", A_MAYBE_B);
        first.deleteVersion("s", "1", false);
        first.setLevel(CompatibilityLevel.FULL);
        first.setLevel("s", CompatibilityLevel.NONE);

        RegistryStore second = new RegistryStore(new RegistryFile(directory));
        assertThat(second.versions("s")).isEqualTo(first.versions("s"));
        assertThat(second.schema(1)).isEqualTo(A);
        assertThat(second.level()).isEqualTo(CompatibilityLevel.FULL);
        assertThat(second.level("s", false)).isEqualTo(CompatibilityLevel.NONE);
        assertThat(second.register("s", A).version()).isEqualTo(3);
    }

    @Test
    void saveThatWasCutOffLeavesTheFileBefore(@TempDir Path directory) throws Exception {
        new RegistryStore(new RegistryFile(directory)).register("s", A);
        Files.writeString(directory.resolve("registry.json.next"), "{\"format\":1,\"sche");

        assertThat(new RegistryStore(new RegistryFile(directory)).versions("s")).hasSize(1);
    }

    @Test
    void changeThatCannotBeSavedIsNotSeen(@TempDir Path directory) throws Exception {
        RegistryStore kept = new RegistryStore(new RegistryFile(directory));
        Files.createDirectory(directory.resolve("registry.json.next"));

        assertThatThrownBy(() -> kept.register("s", A)).isInstanceOf(UncheckedIOException.class);
        assertThat(kept.subjects(true)).isEmpty();
    }

    @Test
    void fileOfAnotherFormatIsRefused(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("registry.json"), "{\"format\":2}");

        assertThatThrownBy(() -> new RegistryStore(new RegistryFile(directory)))
                .hasMessageEndingWith("(its schema ids are lost then): format is 2, must be 1");
    }
}
