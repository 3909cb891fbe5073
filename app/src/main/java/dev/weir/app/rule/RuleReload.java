package dev.weir.app.rule;

import dev.weir.app.config.WeirConfig;
import dev.weir.topology.PipelineSettings;
import dev.weir.topology.Topics;
import dev.weir.topology.ruleset.ReloadStatus;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleFeed;
import dev.weir.topology.ruleset.RuleSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rules of a process up to date: rule files on disk go into the rules topic, and what is there into the {@link
 * RuleBook}.
 */
public final class RuleReload implements AutoCloseable {
    /** For rules to come back from the topic before the stream starts: it must not run without them. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final double MS_PER_SECOND = 1_000;

    private final WeirConfig config;
    private final RuleFiles files;
    private final RuleBook book;
    private final ReloadStatus status = new ReloadStatus(InstantSource.system());
    private @Nullable RuleFeed feed;
    private @Nullable RuleFileWatch watch;

    public RuleReload(WeirConfig config, RuleFiles files, RuleBook book) {
        this.config = config;
        this.files = files;
        this.book = book;
    }

    /** Returns when the files on disk and all that the topic holds are in the book, and goes on following both. */
    public void start() {
        Map<String, Object> kafka = new HashMap<>(config.kafka().properties());
        String topic = new Topics(config.topics().prefix()).rules();
        Function<Map<String, String>, RuleSet> parser =
                texts -> RuleSet.parse(texts, config.rules().defaultInterval(), PipelineSettings.PANE);
        RuleFeed started = new RuleFeed(kafka, topic, parser, book, status);
        feed = started;
        started.readToEnd();
        RuleFileWatch watching = new RuleFileWatch(files, parser, started, new RuleTopicWriter(kafka, topic), status);
        watch = watching;
        watching.look();
        Instant until = Instant.now().plus(PATIENCE);
        do {
            started.readToEnd();
        } while (!watching.isReadBack() && Instant.now().isBefore(until));
        started.follow();
        watching.start();
    }

    /** Named after Prometheus' own {@code prometheus_config_last_reload_…}. */
    public MeterBinder meters() {
        return registry -> {
            Gauge.builder("weir.config.last.reload.successful", status, one -> one.successful() ? 1 : 0)
                    .description(
                            "1 if the newest rules are in force, 0 if they were refused and those before still are")
                    .register(registry);
            Gauge.builder("weir.config.last.reload.success.timestamp.seconds", status, RuleReload::lastSuccess)
                    .description("When other rules came into force last")
                    .register(registry);
        };
    }

    private static double lastSuccess(ReloadStatus status) {
        return status.lastSuccess().map(Instant::toEpochMilli).orElse(0L) / MS_PER_SECOND;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (feed != null) {
            feed.close();
        }
    }
}
