package dev.weir.testing.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code registry.json} that keeps a registry's content; without a directory, nothing is kept.
 *
 * <p>Each save writes a new file, forces it to the disk and renames it over the old one, so that a crash leaves one
 * of the two whole.
 */
final class RegistryFile {
    private static final int FORMAT = 1;

    private final ObjectMapper json = new ObjectMapper();
    private final @Nullable Path file;

    RegistryFile(@Nullable Path directory) {
        this.file = directory == null ? null : directory.resolve("registry.json");
    }

    /**
     * Returns what was saved last, or nothing.
     *
     * @throws IllegalStateException if the file is not one this class wrote
     */
    RegistryContent load() {
        if (file == null || !Files.exists(file)) {
            return RegistryContent.empty();
        }
        try {
            return content(json.readTree(Files.readString(file)));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    file + " is not a registry file, must be restored or removed (its schema ids are lost then): "
                            + e.getMessage(),
                    e);
        }
    }

    void save(RegistryContent content) {
        if (file == null) {
            return;
        }
        Path next = file.resolveSibling("registry.json.next");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree(content)));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private RegistryContent content(JsonNode tree) {
        int format = tree.path("format").asInt();
        if (format != FORMAT) {
            throw new IllegalArgumentException("format is " + format + ", must be " + FORMAT);
        }
        List<Schema> schemas = new ArrayList<>();
        for (JsonNode schema : tree.required("schemas")) {
            schemas.add(AvroText.parse(schema.asText()));
        }
        List<StoredSchema> versions = new ArrayList<>();
        for (JsonNode version : tree.required("versions")) {
            int id = version.required("id").asInt();
            versions.add(new StoredSchema(
                    version.required("subject").asText(),
                    version.required("version").asInt(),
                    id,
                    schemas.get(id - 1),
                    version.required("deleted").asBoolean()));
        }
        Map<String, CompatibilityLevel> levels = new TreeMap<>();
        tree.required("levels")
                .properties()
                .forEach(level -> levels.put(
                        level.getKey(), CompatibilityLevel.of(level.getValue().asText())));
        return new RegistryContent(
                schemas,
                versions,
                levels,
                CompatibilityLevel.of(tree.required("level").asText()));
    }

    private ObjectNode tree(RegistryContent content) {
        ObjectNode tree = json.createObjectNode()
                .put("format", FORMAT)
                .put("level", content.level().name());
        ObjectNode levels = tree.putObject("levels");
        new TreeMap<>(content.levels()).forEach((subject, level) -> levels.put(subject, level.name()));
        ArrayNode schemas = tree.putArray("schemas");
        content.schemas().forEach(schema -> schemas.add(schema.toString()));
        ArrayNode versions = tree.putArray("versions");
        for (StoredSchema version : content.versions()) {
            versions.addObject()
                    .put("subject", version.subject())
                    .put("version", version.version())
                    .put("id", version.id())
                    .put("deleted", version.deleted());
        }
        return tree;
    }
}
