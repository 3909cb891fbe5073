package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.engine.measure.Mark;
import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Apache Flink in this process: one task manager with a slot a thread, which stays for all passes.
 *
 * <p>The job is bounded by the end of the topic, so the last checkpoint commits what the sink still holds.
 */
public final class FlinkSystem implements SystemUnderTest {
    private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
    private static final int TIMEOUT_S = 1_200;
    private static final long EAGER_MS = 5;
    private static final long CALM_MS = 25;

    private final PassSettings settings;
    private final Meter meter = new Meter();
    private final Configuration configuration;
    private final MiniCluster cluster;

    public FlinkSystem(PassSettings settings) throws Exception {
        this.settings = settings;
        configuration = configuration(settings);
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PassSettings.THREADS)
                .build());
        cluster.start();
    }

    @Override
    public PassResult pass(int number) throws Exception {
        ConsumedRecords.reset();
        StreamGraph graph = FlinkJob.graph(settings, settings.prefix() + "-flink-" + number, configuration);
        Mark submitted = meter.mark();
        CompletableFuture<JobResult> result =
                cluster.submitJob(graph).thenCompose(submission -> cluster.requestJobResult(submission.getJobID()));
        Mark start = awaitConsumed(1, result, submitted, EAGER_MS);
        awaitConsumed(settings.records(), result, start, CALM_MS);
        Mark fetched = meter.mark();
        while (!result.isDone()) {
            // Threads that end are counted with what they had used at the last mark.
            meter.mark();
            Thread.sleep(CALM_MS);
        }
        JobResult ended = result.get(TIMEOUT_S, TimeUnit.SECONDS);
        Mark end = meter.mark();
        if (!ended.isSuccess()) {
            throw new IllegalStateException(
                    "Flink job has failed", ended.getSerializedThrowable().orElse(null));
        }
        return PassResult.of(settings.events(), start, fetched, end, PassSettings.THREADS);
    }

    /** The mark before so many records had been consumed. */
    private Mark awaitConsumed(long records, CompletableFuture<JobResult> result, Mark first, long pauseMs)
            throws InterruptedException {
        Mark before = first;
        while (ConsumedRecords.total() < records && !result.isDone()) {
            before = meter.mark();
            Thread.sleep(pauseMs);
        }
        return before;
    }

    private static Configuration configuration(PassSettings settings) {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, PassSettings.THREADS);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                settings.directory().resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }
}
