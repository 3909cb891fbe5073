package dev.weir.benchmarks.engine.child;

import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.system.WeirSystem;
import dev.weir.topology.PipelineStreams;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/**
 * A Weir that runs until its standard input ends. A line asks for the heap that is in use after collecting garbage, in bytes,
 * once it runs.
 */
public final class LiveMain {
    private static final long POLL_MS = 20;

    private LiveMain() {}

    /**
     * Runs Weir.
     *
     * @param args {@link PassSettings#arguments}
     */
    public static void main(String[] args) throws Exception {
        PassSettings settings = PassSettings.parse(List.of(args));
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (PipelineStreams streams = WeirSystem.create(
                settings, group(settings), WeirSystem.rules(settings.rules()), WeirSystem.BY_EVENT_TIME, Map.of())) {
            streams.start();
            System.out.println(ChildProcess.RESULT + "ready");
            while (questions.readLine() != null) {
                while (streams.state() != KafkaStreams.State.RUNNING) {
                    Thread.sleep(POLL_MS);
                }
                memory.gc();
                System.out.println(
                        ChildProcess.RESULT + memory.getHeapMemoryUsage().getUsed());
            }
        }
        System.exit(0);
    }

    /** The application id, which is the group's. */
    public static String group(PassSettings settings) {
        return settings.prefix() + "-live";
    }
}
