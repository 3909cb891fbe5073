package dev.weir.testing.registry;

import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The registry's rules over its content: who gets which id, what is refused, what is hidden.
 *
 * <p>A change is on the disk before it is seen, so an id that was given out survives a crash. Thread-safe. Every
 * method may throw {@link RegistryError}.
 */
final class RegistryStore {
    private final RegistryFile file;
    private RegistryContent content;

    RegistryStore(RegistryFile file) {
        this.file = file;
        this.content = file.load();
    }

    synchronized List<String> subjects(boolean withDeleted) {
        return content.versions().stream()
                .filter(v -> withDeleted || !v.deleted())
                .map(StoredSchema::subject)
                .distinct()
                .sorted()
                .toList();
    }

    synchronized List<StoredSchema> versions(String subject) {
        List<StoredSchema> live = content.liveVersionsOf(subject);
        if (live.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        return live;
    }

    synchronized StoredSchema version(String subject, String version) {
        return pick(versions(subject), version);
    }

    /** Returns the version that holds the schema, registered if it is new. */
    synchronized StoredSchema register(String subject, Schema schema) {
        StoredSchema known = find(content.liveVersionsOf(subject), schema);
        if (known != null) {
            return known;
        }
        List<String> faults = levelOf(subject).faults(schema, content.liveVersionsOf(subject));
        if (!faults.isEmpty()) {
            throw RegistryError.incompatible(subject, String.join("; ", faults));
        }
        change(content.plusVersion(subject, schema));
        return Objects.requireNonNull(find(content.liveVersionsOf(subject), schema));
    }

    synchronized StoredSchema lookUp(String subject, Schema schema) {
        StoredSchema known = find(versions(subject), schema);
        if (known == null) {
            throw RegistryError.schemaNotFound("of subject '" + subject + "'");
        }
        return known;
    }

    synchronized Schema schema(int id) {
        if (id < 1 || id > content.schemas().size()) {
            throw RegistryError.schemaNotFound(String.valueOf(id));
        }
        return content.schemas().get(id - 1);
    }

    synchronized List<StoredSchema> versionsWithId(int id) {
        schema(id);
        return content.versions().stream()
                .filter(v -> v.id() == id && !v.deleted())
                .toList();
    }

    /** Returns why the schema would be refused after the version, or after what the subject's level compares with. */
    synchronized List<String> faults(String subject, @Nullable String version, Schema schema) {
        List<StoredSchema> earlier =
                version == null ? content.liveVersionsOf(subject) : List.of(version(subject, version));
        return levelOf(subject).faults(schema, earlier);
    }

    synchronized List<StoredSchema> deleteSubject(String subject, boolean permanently) {
        return delete(
                subject, permanently ? content.versionsOf(subject) : content.liveVersionsOf(subject), permanently);
    }

    synchronized StoredSchema deleteVersion(String subject, String version, boolean permanently) {
        List<StoredSchema> versions = permanently ? content.versionsOf(subject) : content.liveVersionsOf(subject);
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        StoredSchema chosen = pick(versions, version);
        delete(subject, List.of(chosen), permanently);
        return chosen;
    }

    synchronized CompatibilityLevel level() {
        return content.level();
    }

    synchronized CompatibilityLevel setLevel(CompatibilityLevel level) {
        change(content.withLevel(level));
        return level;
    }

    /** Returns the level of the subject itself, or with {@code orDefault} the one that holds for it. */
    synchronized CompatibilityLevel level(String subject, boolean orDefault) {
        if (!orDefault && !content.levels().containsKey(subject)) {
            throw RegistryError.noConfigOf(subject);
        }
        return levelOf(subject);
    }

    synchronized CompatibilityLevel setLevel(String subject, CompatibilityLevel level) {
        change(content.withLevel(subject, level));
        return level;
    }

    private CompatibilityLevel levelOf(String subject) {
        return content.levels().getOrDefault(subject, content.level());
    }

    private List<StoredSchema> delete(String subject, List<StoredSchema> chosen, boolean permanently) {
        if (chosen.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        if (permanently && chosen.stream().anyMatch(v -> !v.deleted())) {
            throw RegistryError.notDeletedYet("Subject '" + subject + "' or its version");
        }
        change(permanently ? content.minus(chosen) : content.hiding(chosen));
        return chosen;
    }

    private void change(RegistryContent next) {
        file.save(next);
        content = next;
    }

    private static @Nullable StoredSchema find(List<StoredSchema> versions, Schema schema) {
        String text = schema.toString();
        return versions.stream()
                .filter(v -> v.schema().toString().equals(text))
                .findFirst()
                .orElse(null);
    }

    private static StoredSchema pick(List<StoredSchema> versions, String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw RegistryError.invalidVersion(version);
        }
        int number = Integer.parseInt(version);
        return versions.stream()
                .filter(v -> v.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.versionNotFound(version));
    }
}
