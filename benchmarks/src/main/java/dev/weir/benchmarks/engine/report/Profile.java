package dev.weir.benchmarks.engine.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the samples of a flight recording lie: shares by stage, and within each stage the methods that were running.
 *
 * <p>A sample belongs to the first frame, from the running method outwards, that a stage owns. What all stages use (panes,
 * sketches, collections) thus counts for its caller. Collecting garbage is no sample of a Java method: it is told in seconds.
 */
public final class Profile {
    private static final Map<String, String> STAGES = stages();
    private static final String OTHER = "other";
    /** The thread that measures: not counted. */
    private static final String BENCHMARK = "dev.weir.benchmarks";

    private static final int SHOWN_METHODS = 6;
    private static final double PERCENT = 100;
    private static final double MILLIS = 1e3;

    private final Map<String, Map<String, Integer>> methodsByStage = new HashMap<>();
    private int samples;
    private double gcPauseSeconds;

    private Profile() {}

    /** Reads a recording. */
    public static Profile of(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.add(file.readEvent());
            }
        }
        return profile;
    }

    /** A line a stage, most samples first, with its methods below. */
    public String table() {
        StringBuilder text = new StringBuilder();
        methodsByStage.entrySet().stream()
                .sorted(Comparator.comparingInt(stage -> -sum(stage.getValue())))
                .forEach(stage -> addStage(text, stage.getKey(), stage.getValue()));
        text.append(String.format(Locale.ROOT, "%d samples; pauses for garbage %.2f s%n", samples, gcPauseSeconds));
        return text.toString();
    }

    private void addStage(StringBuilder text, String stage, Map<String, Integer> methods) {
        text.append(String.format(Locale.ROOT, "%5.1f %%  %s%n", share(sum(methods)), stage));
        methods.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN_METHODS)
                .forEach(method -> text.append(String.format(
                        Locale.ROOT, "         %5.1f %%  %s%n", share(method.getValue()), method.getKey())));
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> addSample(event);
            case "jdk.GCPhasePause" -> gcPauseSeconds += event.getDuration().toMillis() / MILLIS;
            default -> {}
        }
    }

    private void addSample(RecordedEvent event) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        if (frames.stream()
                .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(BENCHMARK))) {
            return;
        }
        String stage = frames.stream()
                .map(Profile::stage)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(OTHER);
        methodsByStage.computeIfAbsent(stage, unknown -> new HashMap<>()).merge(name(frames.get(0)), 1, Integer::sum);
        samples++;
    }

    private static Optional<String> stage(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return STAGES.entrySet().stream()
                .filter(stage -> type.startsWith(stage.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    private double share(int count) {
        return PERCENT * count / samples;
    }

    private static int sum(Map<String, Integer> methods) {
        return methods.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, String> stages() {
        Map<String, String> stages = new LinkedHashMap<>();
        stages.put("dev.weir.topology.source", "packing consumer");
        stages.put("dev.weir.topology.ingest", "ingest");
        stages.put("dev.weir.topology.series", "ingest");
        stages.put("dev.weir.topology.shuffle", "shuffle");
        stages.put("dev.weir.topology.aggregate", "aggregate");
        stages.put("dev.weir.topology.rule", "rules");
        stages.put("dev.weir.alerting", "rules");
        stages.put("dev.weir.topology", "other of the topology");
        stages.put("dev.weir.serde", "Avro serde");
        stages.put("org.apache.avro", "Avro serde");
        stages.put("org.rocksdb", "RocksDB");
        stages.put("org.apache.kafka.streams", "Kafka Streams");
        stages.put("org.apache.kafka", "Kafka clients");
        stages.put("net.jpountz", "Kafka clients");
        return stages;
    }
}
