package dev.weir.topology.crash;

import dev.weir.topology.Topics;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The stream processes of one application, each in a slot: who comes back to a slot finds the state directory, and with static
 * membership the partitions, of the one before. One thread.
 */
final class Application implements AutoCloseable {
    /** How long nothing must come until an input counts as idle. */
    static final Duration IDLE = Duration.ofSeconds(5);

    private static final Duration NEVER_IDLE = Duration.ofHours(24);
    /** After this long a silent member is taken for dead: the least that a broker allows. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    // These processes live for seconds: the first compiler and the plainest collector get furthest in them.
    private static final List<String> JVM =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** Of each process. */
    static final int THREADS = 2;

    private final Machine machine;
    private final String id;
    private final Topics topics;
    private final String guarantee;
    private final boolean staticMembers;
    private final boolean deduplicated;
    private final Path directory;
    private final TreeMap<Integer, ChildProcess> running = new TreeMap<>();
    private Duration idle = IDLE;
    private String rules = "NONE";

    Application(
            Machine machine,
            String id,
            Topics topics,
            String guarantee,
            boolean staticMembers,
            boolean deduplicated,
            Path directory) {
        this.machine = machine;
        this.id = id;
        this.topics = topics;
        this.guarantee = guarantee;
        this.staticMembers = staticMembers;
        this.deduplicated = deduplicated;
        this.directory = directory;
    }

    /** Its {@code application.id}, and so its consumer group. */
    String id() {
        return id;
    }

    Topics topics() {
        return topics;
    }

    /** Lets the processes that are started from now on run the rules of a file, on time that only events move. */
    void runRules(Path file) {
        rules = file.toString();
        idle = NEVER_IDLE;
    }

    /** As {@link #runRules}, those of a topic. */
    void followRules(String topic) {
        rules = StreamMain.TOPIC + topic;
        idle = NEVER_IDLE;
    }

    /** Starts the process of a slot. */
    void start(int slot) {
        start(slot, "NONE", 0);
    }

    /** Starts the process of a slot, which ends when it comes to a point. */
    void start(int slot, String point, int passes) {
        List<String> arguments = new ArrayList<>(List.of(
                topics.prefix(),
                machine.registryUrl(),
                Long.toString(idle.toMillis()),
                point,
                Integer.toString(passes),
                Boolean.toString(deduplicated),
                rules));
        config(slot).forEach((key, value) -> arguments.add(key + "=" + value));
        running.put(
                slot,
                ChildProcess.start(JVM, StreamMain.class, arguments, directory.resolve(id + "-" + slot + ".log")));
    }

    private Map<String, Object> config(int slot) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", machine.bootstrapServers());
        config.put("application.id", id);
        config.put("state.dir", stateDirectory(slot).toString());
        config.put("processing.guarantee", guarantee);
        config.put("num.stream.threads", THREADS);
        config.put("replication.factor", 1);
        config.put("main.consumer.session.timeout.ms", SESSION_TIMEOUT.toMillis());
        config.put("main.consumer.heartbeat.interval.ms", SESSION_TIMEOUT.toMillis() / 3);
        if (staticMembers) {
            config.put("group.instance.id", "slot-" + slot);
        }
        return config;
    }

    /** The slots that have a process. */
    List<Integer> slots() {
        return List.copyOf(running.keySet());
    }

    ChildProcess process(int slot) {
        ChildProcess process = running.get(slot);
        if (process == null) {
            throw new IllegalArgumentException("slot is " + slot + ", must be one of " + running.keySet());
        }
        return process;
    }

    /** Kills the process of a slot, which stays empty. */
    void kill(int slot) throws InterruptedException {
        process(slot).kill();
        running.remove(slot);
    }

    /** Deletes all that the process of a slot has left on disk. */
    void deleteState(int slot) {
        if (Files.notExists(stateDirectory(slot))) {
            // It was killed before it had made any.
            return;
        }
        try (Stream<Path> files = Files.walk(stateDirectory(slot))) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path stateDirectory(int slot) {
        return directory.resolve("state-" + id + "-" + slot);
    }

    /** Ends the process of a slot in good order; the slot stays empty. */
    void terminate(int slot) throws InterruptedException {
        process(slot).terminate();
        running.remove(slot);
    }

    /** The slots whose process has ended by itself. */
    List<Integer> ended() {
        return running.entrySet().stream()
                .filter(entry -> !entry.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        for (int slot : slots()) {
            try {
                kill(slot);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
