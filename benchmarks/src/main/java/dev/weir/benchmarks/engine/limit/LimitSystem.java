package dev.weir.benchmarks.engine.limit;

import dev.weir.benchmarks.engine.measure.Mark;
import dev.weir.benchmarks.engine.measure.Meter;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import dev.weir.benchmarks.engine.workload.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The limit: one loop a thread, each with its share of the partitions, their windows sent untransacted. */
public final class LimitSystem implements SystemUnderTest {
    private static final int LINGER_MS = 20;
    private static final int BATCH_BYTES = 128 << 10;

    private final PassSettings settings;
    private final Meter meter = new Meter();

    public LimitSystem(PassSettings settings) {
        this.settings = settings;
    }

    @Override
    public PassResult pass(int number) throws Exception {
        LimitSettings loop = new LimitSettings(
                settings.bootstrapServers(),
                settings.registry(),
                settings.topic(),
                settings.prefix() + ".limit",
                WorkloadSpec.WINDOW_MS);
        ExecutorService threads = Executors.newFixedThreadPool(PassSettings.THREADS);
        List<LimitLoop> loops = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = producer()) {
            for (int thread = 0; thread < PassSettings.THREADS; thread++) {
                loops.add(new LimitLoop(loop, partitions(thread), producer));
            }
            Mark start = meter.mark();
            List<Future<?>> running = new ArrayList<>();
            for (LimitLoop one : loops) {
                running.add(threads.submit(one));
            }
            for (Future<?> one : running) {
                one.get();
            }
            Mark end = meter.mark();
            long events = loops.stream().mapToLong(LimitLoop::events).sum();
            if (events != settings.events() + WorkloadSpec.PARTITIONS) {
                throw new IllegalStateException("events are " + events + ", must be "
                        + (settings.events() + WorkloadSpec.PARTITIONS) + " (limit)");
            }
            return PassResult.of(settings.events(), start, end, end, PassSettings.THREADS);
        } finally {
            loops.forEach(LimitLoop::close);
            threads.shutdown();
        }
    }

    private static List<Integer> partitions(int thread) {
        List<Integer> own = new ArrayList<>();
        for (int partition = thread; partition < WorkloadSpec.PARTITIONS; partition += PassSettings.THREADS) {
            own.add(partition);
        }
        return own;
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MS,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
