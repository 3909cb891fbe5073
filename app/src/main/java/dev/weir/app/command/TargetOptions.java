package dev.weir.app.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where events go. */
final class TargetOptions {
    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT",
            description =
                    "Kafka; the setting kafka.bootstrap.servers (default: localhost:19092, as `weir dev` has it).")
    private @Nullable String bootstrap;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "The setting schema.registry.url (default: http://localhost:19093, as `weir dev` has it).")
    private @Nullable String schemaRegistry;

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (bootstrap != null) {
            settings.put("kafka.bootstrap.servers", bootstrap);
        }
        if (schemaRegistry != null) {
            settings.put("schema.registry.url", schemaRegistry);
        }
        return settings;
    }
}
