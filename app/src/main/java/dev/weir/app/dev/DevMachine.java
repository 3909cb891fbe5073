package dev.weir.app.dev;

import dev.weir.app.config.DataHome;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.role.CloseStack;
import dev.weir.app.role.RoleName;
import dev.weir.app.role.Roles;
import dev.weir.app.role.Stopping;
import dev.weir.app.rule.RuleFiles;
import dev.weir.app.topic.TopicSetup;
import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.postgres.EmbeddedPostgresServer;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An embedded broker, registry and PostgreSQL with all roles of Weir, on 127.0.0.1 and one data directory.
 *
 * <p>Started part by part, each after what it needs; closed in reverse. Everything it is told survives a restart.
 */
public final class DevMachine implements AutoCloseable {
    private static final Duration MOST_EACH = Duration.ofSeconds(40);

    private final Ports ports;
    private final Path directory;
    private final WeirConfig config;
    private final CloseStack started;
    private final Roles roles;

    private DevMachine(Ports ports, Path directory, WeirConfig config, CloseStack started, Roles roles) {
        this.ports = ports;
        this.directory = directory;
        this.config = config;
        this.started = started;
        this.roles = roles;
    }

    /**
     * Starts everything, prints where it is, and stays until the process is stopped.
     *
     * @param data null for the default directory
     * @param reader reads the configuration with the given settings as the strongest
     * @throws dev.weir.app.CommandFailedException when ports or the directory are taken, or a role fails
     */
    public static void runUntilStopped(
            int portBase, @Nullable Path data, Function<Map<String, String>, WeirConfig> reader, PrintWriter out) {
        Path directory = data == null ? DataHome.in(System.getenv()) : data.toAbsolutePath();
        CloseStack started = new CloseStack(MOST_EACH);
        Stopping.atExit(started);
        DevMachine machine = start(portBase, directory, reader, out, started);
        machine.stayUp(out);
    }

    /** Prints where everything is and stays until the process is stopped. */
    public void stayUp(PrintWriter out) {
        out.print(new Welcome(ports, directory, config.topics()).text());
        out.flush();
        Stopping.await(roles);
    }

    /** Starts everything; what has started is on the stack also when a later part fails. */
    public static DevMachine start(
            int portBase,
            Path directory,
            Function<Map<String, String>, WeirConfig> reader,
            PrintWriter out,
            CloseStack started) {
        Ports ports = new Ports(portBase);
        DataDirectory data = started.push("data directory", DataDirectory.open(directory));
        // PostgreSQL survives a kill -9 of the process that started it, on the port that is wanted now.
        EmbeddedPostgresServer.stopLeftBehind(data.postgres());
        ports.requireFree();
        WeirConfig config = reader.apply(settings(ports, data));
        RuleFiles rules =
                new RuleFiles(Path.of("").toAbsolutePath(), config.rules().files());
        progress(out, "starting Kafka, schema registry and PostgreSQL in " + directory + " …");
        started.push("Kafka", EmbeddedBroker.start(data.kafka(), ports.kafka()));
        started.push("schema registry", EmbeddedRegistry.start(ports.registry(), data.registry()));
        started.push("PostgreSQL", EmbeddedPostgresServer.start(data.postgres(), ports.postgres()));
        TopicSetup.createMissing(config.kafka(), config.topics());
        Roles roles = started.push("roles", new Roles(config, rules, roles(config)));
        roles.start();
        return new DevMachine(ports, directory, config, started, roles);
    }

    /** The configuration that all its parts run with. */
    public WeirConfig config() {
        return config;
    }

    @Override
    public void close() {
        started.close();
    }

    /** All, but no notifier where nobody is to be told. */
    private static Set<RoleName> roles(WeirConfig config) {
        Set<RoleName> roles = EnumSet.allOf(RoleName.class);
        if (config.notifier().isEmpty()) {
            roles.remove(RoleName.NOTIFY);
        }
        return roles;
    }

    private static Map<String, String> settings(Ports ports, DataDirectory data) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka());
        settings.put("schema.registry.url", "http://127.0.0.1:" + ports.registry());
        settings.put("store.url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres");
        settings.put("store.user", "postgres");
        settings.put("http.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(ports.http()));
        settings.put("topics.replication", "1");
        settings.put("time.open-hour-interval", "15s");
        settings.put("stream.state-dir", data.state().toString());
        ownRules().ifPresent(glob -> settings.put("rules.files", glob));
        return settings;
    }

    /** The rule packs that come with Weir: beside the launcher. */
    private static Optional<String> ownRules() {
        String home = System.getProperty("weir.home", "");
        Path rules = Path.of(home, "rules");
        return home.isEmpty() || !Files.isDirectory(rules)
                ? Optional.empty()
                : Optional.of(rules.resolve("*.yml").toString());
    }

    private static void progress(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
