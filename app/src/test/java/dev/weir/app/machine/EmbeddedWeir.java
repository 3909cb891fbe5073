package dev.weir.app.machine;

import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.role.CloseStack;
import dev.weir.app.role.RoleName;
import dev.weir.app.role.Roles;
import dev.weir.app.rule.RuleFiles;
import dev.weir.app.topic.TopicSetup;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some roles on a broker and registry of their own, and on a PostgreSQL if one of them is the sink. Impatient: idle after two seconds. */
public final class EmbeddedWeir implements AutoCloseable {
    private static final Duration MOST_EACH = Duration.ofSeconds(30);

    private final CloseStack started;
    private final WeirConfig config;

    private EmbeddedWeir(CloseStack started, WeirConfig config) {
        this.started = started;
        this.config = config;
    }

    /** Starts everything; the directory takes all its data. */
    public static EmbeddedWeir start(Path directory, EnumSet<RoleName> roles) {
        return start(directory, roles, Map.of());
    }

    /** Starts everything with further settings. */
    public static EmbeddedWeir start(Path directory, EnumSet<RoleName> roles, Map<String, String> further) {
        CloseStack started = new CloseStack(MOST_EACH);
        try {
            Map<String, String> settings = servers(directory, roles, started);
            settings.putAll(further);
            WeirConfig config =
                    new ConfigReader(Map.of()).read(Optional.empty(), settings).config();
            TopicSetup.createMissing(config.kafka(), config.topics());
            started.push("roles", new Roles(config, new RuleFiles(Path.of(""), List.of()), roles))
                    .start();
            return new EmbeddedWeir(started, config);
        } catch (RuntimeException failure) {
            started.close();
            throw failure;
        }
    }

    public WeirConfig config() {
        return config;
    }

    public String registryUrl() {
        return config.schemaRegistry().url();
    }

    @Override
    public void close() {
        started.close();
    }

    private static Map<String, String> servers(Path directory, EnumSet<RoleName> roles, CloseStack started) {
        EmbeddedBroker broker = started.push("Kafka", EmbeddedBroker.start(directory.resolve("kafka"), 0));
        EmbeddedRegistry registry = started.push("schema registry", EmbeddedRegistry.start(0, null));
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("topics.replication", "1");
        settings.put("time.idle", "2s");
        settings.put("stream.commit-interval", "200ms");
        settings.put("stream.backlog-commit-interval", "200ms");
        settings.put("stream.state-dir", directory.resolve("state").toString());
        if (roles.contains(RoleName.SINK)) {
            EmbeddedPostgresServer postgres =
                    started.push("PostgreSQL", EmbeddedPostgresServer.start(directory.resolve("postgres"), 0));
            settings.put("store.url", postgres.jdbcUrl());
            settings.put("store.user", postgres.user());
        }
        return settings;
    }
}
