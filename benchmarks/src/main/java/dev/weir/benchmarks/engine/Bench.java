package dev.weir.benchmarks.engine;

import dev.weir.benchmarks.engine.child.BrokerMain;
import dev.weir.benchmarks.engine.child.ChildProcess;
import dev.weir.benchmarks.engine.child.LiveMain;
import dev.weir.benchmarks.engine.child.SystemMain;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.system.Systems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The broker of a run, a directory for it, and the making of processes beside it. One thread. */
final class Bench implements AutoCloseable {
    /** Of every process, as of {@code weir run}. */
    private static final String COLLECTOR = "-XX:+UseParallelGC";

    private static final List<String> BROKER_OPTIONS = List.of("-Xms512m", "-Xmx1g", COLLECTOR);
    private static final String HEAP = "4g";

    private final Path directory;
    private final Path home;
    private final ChildProcess broker;
    private final Map<String, ChildProcess> systems = new HashMap<>();
    private final String bootstrapServers;
    private final String registryUrl;

    Bench(Path home) throws IOException {
        this.home = home;
        directory = Files.createTempDirectory("weir-engine-");
        broker = new ChildProcess(
                "broker",
                classPath(),
                BROKER_OPTIONS,
                BrokerMain.class.getName(),
                List.of(directory.resolve("broker").toString()),
                log("broker"));
        String[] addresses = broker.answer().split(" ", 2);
        bootstrapServers = addresses[0];
        registryUrl = addresses[1];
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registryUrl;
    }

    Path directory() {
        return directory;
    }

    PassSettings settings(String prefix, long events, long records, long windows) {
        return new PassSettings(
                bootstrapServers,
                registryUrl,
                prefix,
                events,
                records,
                windows,
                directory.resolve("state-" + prefix),
                home.resolve("rules"));
    }

    /**
     * The process of a system, which is there for all workloads: what is compiled for one is for the next. It takes the lines of
     * {@link SystemMain}.
     */
    ChildProcess process(String system) {
        return systems.computeIfAbsent(system, this::start);
    }

    private ChildProcess start(String system) {
        List<String> options = new ArrayList<>(List.of(COLLECTOR, "-Xms" + HEAP, "-Xmx" + HEAP));
        boolean flink = system.equals(Systems.FLINK);
        if (flink) {
            options.addAll(FlinkClassPath.OPTIONS);
        }
        ChildProcess child = new ChildProcess(
                system,
                flink ? FlinkClassPath.find().orElseThrow() : classPath(),
                options,
                SystemMain.class.getName(),
                List.of(system),
                log(system));
        child.answer();
        return child;
    }

    /** Starts a Weir that runs until it is closed or killed. */
    ChildProcess startLive(PassSettings settings, String heap) {
        ChildProcess child = new ChildProcess(
                "weir",
                classPath(),
                List.of(COLLECTOR, "-Xmx" + heap),
                LiveMain.class.getName(),
                settings.arguments(),
                log(settings.prefix() + "-live"));
        child.answer();
        return child;
    }

    /** Whether a system can be started here. */
    static boolean isPresent(String system) {
        return !system.equals(Systems.FLINK) || FlinkClassPath.find().isPresent();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    @Override
    public void close() {
        systems.values().forEach(ChildProcess::close);
        broker.close();
        deleteAll(directory);
    }

    /** Deletes a directory with all that is in it; one that is not there is no fault. */
    static void deleteAll(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " was not deleted", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " was not deleted", e);
        }
    }

    /** Flink's libraries, which are kept from Weir's. */
    private static final class FlinkClassPath {
        /** What Flink asks of a Java of today. */
        private static final List<String> OPTIONS = List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED");

        private FlinkClassPath() {}

        static Optional<String> find() {
            return Optional.ofNullable(System.getProperty("weir.flink.classpath"));
        }
    }
}
