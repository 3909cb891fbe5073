package dev.weir.publisher;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the meters of Micrometer to Weir, with the names that they have in Prometheus.
 *
 * <p>Timers and summaries become OBSERVATION series with all their percentiles, sent as HdrHistograms; counters and functions
 * that count become COUNT, everything else GAUGE. What meters tell of themselves here ({@code count()}) is since the start.
 *
 * <p>A meter that Weir would refuse works, but is not published: Micrometer's {@code onMeterRegistrationFailed} tells which and why.
 */
public final class WeirMeterRegistry extends MeterRegistry {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterSources sources;
    private final Runnable onClose;

    /** Publishes through a publisher that the service has; closing the registry does not close it. */
    public WeirMeterRegistry(WeirPublisher publisher, Clock clock) {
        this(publisher, clock, () -> {});
    }

    private WeirMeterRegistry(WeirPublisher publisher, Clock clock, Runnable onClose) {
        super(clock);
        this.onClose = onClose;
        sources = new MeterSources(publisher, this::meterRegistrationFailed);
        config().namingConvention(new WeirNamingConvention()).onMeterRemoved(meter -> sources.remove(meter.getId()));
    }

    /**
     * Starts a registry with a publisher of its own, which it closes.
     *
     * @throws io.micrometer.core.instrument.config.validate.ValidationException if a required setting is missing
     * @throws IllegalArgumentException if a setting cannot be meant
     */
    public static WeirMeterRegistry start(WeirMeterRegistryConfig config) {
        WeirPublisher publisher = WeirPublisher.start(config.publisherSettings());
        return new WeirMeterRegistry(publisher, Clock.SYSTEM, publisher::close);
    }

    /** Sends what its publisher still holds, for at most ten seconds, if that is its own. */
    @Override
    public void close() {
        super.close();
        onClose.run();
        getMeters().forEach(meter -> sources.remove(meter.getId()));
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig distribution, PauseDetector pauses) {
        DoubleConsumer published = published(
                id,
                MetricKind.OBSERVATION,
                (series, outcome) -> sources.observe(id, series, outcome, NANOS_PER_SECOND));
        return new WeirTimer(id, clock, distribution, pauses, getBaseTimeUnit(), published);
    }

    @Override
    protected DistributionSummary newDistributionSummary(
            Meter.Id id, DistributionStatisticConfig distribution, double scale) {
        DoubleConsumer published =
                published(id, MetricKind.OBSERVATION, (series, outcome) -> sources.observe(id, series, outcome, 1));
        return new WeirSummary(id, clock, distribution, scale, published);
    }

    @Override
    protected Counter newCounter(Meter.Id id) {
        return new WeirCounter(
                id, published(id, MetricKind.COUNT, (series, outcome) -> sources.increments(id, series, outcome)));
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T object, ToDoubleFunction<T> value) {
        Gauge gauge = new DefaultGauge<>(id, object, value);
        level(id, "", gauge::value);
        return gauge;
    }

    @Override
    protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig distribution) {
        LongTaskTimer timer = new DefaultLongTaskTimer(id, clock, getBaseTimeUnit(), distribution, false);
        level(id, "_count", timer::activeTasks);
        level(id, "_sum", () -> timer.duration(getBaseTimeUnit()));
        level(id, "_max", () -> timer.max(getBaseTimeUnit()));
        return timer;
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T object, ToDoubleFunction<T> count) {
        FunctionCounter counter = new CumulativeFunctionCounter<>(id, object, count);
        total(id, "", counter::count);
        return counter;
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(
            Meter.Id id, T object, ToLongFunction<T> count, ToDoubleFunction<T> totalTime, TimeUnit unit) {
        FunctionTimer timer = new CumulativeFunctionTimer<>(id, object, count, totalTime, unit, getBaseTimeUnit());
        total(id, "_count", timer::count);
        total(id, "_sum", () -> timer.totalTime(getBaseTimeUnit()));
        return timer;
    }

    @Override
    protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            switch (measurement.getStatistic()) {
                case COUNT -> total(id, "_total", measurement::getValue);
                case TOTAL, TOTAL_TIME -> total(id, "_sum", measurement::getValue);
                case MAX -> level(id, "_max", measurement::getValue);
                case ACTIVE_TASKS -> level(id, "_active_count", measurement::getValue);
                case DURATION -> level(id, "_duration_sum", measurement::getValue);
                case VALUE, UNKNOWN -> level(id, "_value", measurement::getValue);
            }
        }
        return new DefaultMeter(id, type, measurements);
    }

    @Override
    protected TimeUnit getBaseTimeUnit() {
        return TimeUnit.SECONDS;
    }

    @Override
    protected DistributionStatisticConfig defaultHistogramConfig() {
        return DistributionStatisticConfig.DEFAULT;
    }

    private DoubleConsumer published(
            Meter.Id id, MetricKind kind, BiFunction<Series, @Nullable Outcome, DoubleConsumer> sink) {
        OutcomeTag tag = OutcomeTag.of(labels(id));
        return sources.series(id, getConventionName(id), kind, tag.labels())
                .map(series -> sink.apply(series, tag.outcome()))
                .orElse(WeirMeterRegistry::notPublished);
    }

    private void total(Meter.Id id, String suffix, DoubleSupplier total) {
        OutcomeTag tag = OutcomeTag.of(labels(id));
        sources.series(id, getConventionName(id) + suffix, MetricKind.COUNT, tag.labels())
                .ifPresent(series -> sources.total(id, series, tag.outcome(), total));
    }

    private void level(Meter.Id id, String suffix, DoubleSupplier level) {
        sources.series(
                        id,
                        getConventionName(id) + suffix,
                        MetricKind.GAUGE,
                        OutcomeTag.kept(labels(id)).labels())
                .ifPresent(series -> sources.level(id, series, level));
    }

    private Map<String, String> labels(Meter.Id id) {
        Map<String, String> labels = new TreeMap<>();
        for (Tag tag : getConventionTags(id)) {
            labels.put(tag.getKey(), tag.getValue());
        }
        return labels;
    }

    private static void notPublished(double unused) {}
}
