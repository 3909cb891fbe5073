package dev.weir.topology.crash;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.testing.flood.FloodPlan;
import dev.weir.topology.DecoratedStreams;
import dev.weir.topology.PipelineSettings;
import dev.weir.topology.PipelineStreams;
import dev.weir.topology.Topics;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.ruleset.ReloadStatus;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleFeed;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.series.MetricSettings;
import dev.weir.topology.time.TimeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stream. Arguments: topic prefix, registry address, idle time in ms, kill point or {@code NONE}, passes,
 * whether metrics are de-duplicated, a rule file or {@code topic:} and the name of a topic of rules or {@code NONE}, then {@code key=value} for Kafka Streams.
 *
 * <p>A line {@code POINT PASSES} on standard input sets a kill point. When the input ends the process is ended at once: its
 * parent is gone. SIGTERM ends it in good order.
 */
final class StreamMain {
    private static final int FIRST_STREAMS_ARGUMENT = 7;

    /** What the name of a topic of rules stands behind. */
    static final String TOPIC = "topic:";

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private StreamMain() {}

    public static void main(String[] arguments) throws IOException {
        ChildProcess.logToError();
        Map<String, Object> streamsConfig = new HashMap<>();
        for (int i = FIRST_STREAMS_ARGUMENT; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            streamsConfig.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        PipelineSettings settings = new PipelineSettings(
                new Topics(arguments[0]),
                time(Duration.ofMillis(Long.parseLong(arguments[2]))),
                EventLimits.DEFAULTS,
                SeriesLimits.DEFAULTS,
                metrics(Boolean.parseBoolean(arguments[5])),
                EvaluatorSettings.DEFAULTS,
                Serdes.config(arguments[1]),
                streamsConfig);
        AtomicReference<@Nullable HaltingClients> halting = new AtomicReference<>();
        PipelineStreams streams = DecoratedStreams.of(settings, rules(arguments[6], streamsConfig), own -> {
            HaltingClients clients = new HaltingClients(own);
            if (!arguments[3].equals("NONE")) {
                clients.arm(KillPoint.valueOf(arguments[3]), Integer.parseInt(arguments[4]));
            }
            halting.set(clients);
            return clients;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close, "close"));
        streams.start();
        Thread watch = new Thread(() -> endWith(streams), "watch");
        watch.setDaemon(true);
        watch.start();
        obey(halting.get());
        Runtime.getRuntime().halt(1);
    }

    private static void obey(@Nullable HaltingClients clients) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 2);
            if (clients != null) {
                clients.arm(KillPoint.valueOf(words[0]), Integer.parseInt(words[1]));
            }
        }
    }

    /** A stream that has failed for good ends its process, for its parent to start it again. */
    private static void endWith(PipelineStreams streams) {
        while (streams.failure().isEmpty()) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        System.err.println("stream has failed: " + streams.failure().get());
        Runtime.getRuntime().halt(1);
    }

    private static MetricCatalog metrics(boolean deduplicated) {
        return deduplicated
                ? new MetricCatalog(FloodPlan.DEDUPLICATED.stream()
                        .map(metric -> new MetricSettings(metric, null, REMEMBERED))
                        .toList())
                : MetricCatalog.DEFAULTS;
    }

    private static RuleBook rules(String from, Map<String, Object> kafka) throws IOException {
        if (from.startsWith(TOPIC)) {
            RuleBook book = new RuleBook();
            RuleFeed feed = new RuleFeed(
                    Map.of("bootstrap.servers", kafka.get("bootstrap.servers")),
                    from.substring(TOPIC.length()),
                    StreamMain::parse,
                    book,
                    new ReloadStatus(InstantSource.system()));
            feed.readToEnd();
            feed.follow();
            return book;
        }
        return new RuleBook(
                parse(from.equals("NONE") ? Map.of() : Map.of("test.yml", Files.readString(Path.of(from)))));
    }

    private static RuleSet parse(Map<String, String> texts) {
        return RuleSet.parse(texts, PipelineSettings.PANE, PipelineSettings.PANE);
    }

    private static TimeSettings time(Duration idle) {
        TimeSettings defaults = TimeSettings.DEFAULTS;
        return new TimeSettings(defaults.lateness(), defaults.lateRetention(), defaults.maxFuture(), idle);
    }
}
