package dev.weir.benchmarks.publisher;

import dev.weir.publisher.DropReason;
import dev.weir.publisher.Latency;
import dev.weir.publisher.PublisherSettings;
import dev.weir.publisher.WeirMeterRegistry;
import dev.weir.publisher.WeirPublisher;
import dev.weir.testing.kafka.EmbeddedBroker;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The timers, shared by all threads, and the broker behind Weir's. */
@State(Scope.Benchmark)
public class Timers {
    private @Nullable Running running;

    private record Running(
            Path directory,
            EmbeddedBroker broker,
            WeirPublisher publisher,
            Latency each,
            Latency histogram,
            Timer micrometer,
            Timer prometheus,
            Timer prometheusHistogram) {}

    @Setup
    public void start() throws IOException {
        Path directory = Files.createTempDirectory("weir-latency");
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        broker.createTopic("weir.events", 1, Map.of("retention.bytes", "100000000", "segment.bytes", "50000000"));
        WeirPublisher publisher =
                WeirPublisher.start(PublisherSettings.of(broker.bootstrapServers(), "mock://benchmark", "bench")
                        .withBufferBytes(64 << 20)
                        .withFlushInterval(Duration.ofMillis(20)));
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        running = new Running(
                directory,
                broker,
                publisher,
                publisher.latency("each_seconds", "route", "/cart"),
                publisher.histogramLatency("histogram_seconds", "route", "/cart"),
                new WeirMeterRegistry(publisher, Clock.SYSTEM).timer("micrometer", "route", "/cart"),
                prometheus.timer("plain", "route", "/cart"),
                Timer.builder("histogram")
                        .tag("route", "/cart")
                        .publishPercentileHistogram()
                        .register(prometheus));
    }

    /** Fails if anything was dropped: what is cheap then is the dropping. */
    @TearDown
    public void stop() throws IOException {
        Running stopping = running();
        stopping.publisher().close(Duration.ofSeconds(30));
        stopping.broker().close();
        try (Stream<Path> files = Files.walk(stopping.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        long dropped = stopping.publisher().dropped(DropReason.BUFFER_FULL);
        if (dropped > 0) {
            throw new IllegalStateException("dropped are " + dropped + ", must be 0");
        }
    }

    WeirPublisher publisher() {
        return running().publisher();
    }

    Latency each() {
        return running().each();
    }

    Latency histogram() {
        return running().histogram();
    }

    Timer micrometer() {
        return running().micrometer();
    }

    Timer prometheus() {
        return running().prometheus();
    }

    Timer prometheusHistogram() {
        return running().prometheusHistogram();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("timers are not started");
        }
        return running;
    }
}
