package dev.weir.testing.workload;

import dev.weir.events.MetricEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The traffic of some scenarios from one seed and one start; equal arguments give equal events, always and everywhere.
 *
 * <p>Any interval {@code [from, to)} can be asked for, and the events of adjoining intervals together are those of the
 * whole: history is one long interval, live traffic is many short ones that end now. Before {@link #start()} there is
 * nothing. Immutable and shareable; an iterator belongs to one thread.
 */
public final class Workload {
    /** The most by which an event may be sent after one that happened later; stays within the lateness of the stream. */
    public static final Duration MAX_DISORDER = Duration.ofMillis(1_500);

    private final long seed;
    private final Instant start;
    private final List<Scenario> scenarios;
    private final Duration disorder;
    private final FaultRates faults;
    private final SeriesGenerator[] series;

    private Workload(
            long seed,
            Instant start,
            List<Scenario> scenarios,
            Duration disorder,
            FaultRates faults,
            SeriesGenerator[] series) {
        this.seed = seed;
        this.start = start;
        this.scenarios = scenarios;
        this.disorder = disorder;
        this.faults = faults;
        this.series = series;
    }

    /** Ordinary traffic in order of event time. */
    public static Workload of(long seed, Instant start, List<Scenario> scenarios) {
        SeriesGenerator[] series = scenarios.stream()
                .flatMap(scenario -> generators(seed, start, scenario))
                .toArray(SeriesGenerator[]::new);
        return new Workload(seed, start, List.copyOf(scenarios), Duration.ZERO, FaultRates.NONE, series);
    }

    /** The same events, each sent up to {@code bound} late, {@code 0 <= bound <= }{@link #MAX_DISORDER}. */
    public Workload withDisorder(Duration bound) {
        if (bound.isNegative() || bound.compareTo(MAX_DISORDER) > 0) {
            throw new IllegalArgumentException("disorder is " + bound + ", must be in [PT0S, " + MAX_DISORDER + "]");
        }
        return new Workload(seed, start, scenarios, bound, faults, series);
    }

    /** The same events, and between them some that are wrong or late on purpose. */
    public Workload withFaults(FaultRates rates) {
        return new Workload(seed, start, scenarios, disorder, rates, series);
    }

    /** What is to be sent for the events that happen in {@code [from, to)}, in the order of sending. */
    public Iterator<Emission> emissions(Instant from, Instant to) {
        return new Emissions(timeline(from, to), new FaultyEvents(seed, faults, start), seed, disorder);
    }

    /** The ordinary events that happen in {@code [from, to)}, in order of event time. */
    public Stream<MetricEvent> events(Instant from, Instant to) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(timeline(from, to), traits), false);
    }

    public Instant start() {
        return start;
    }

    public List<Scenario> scenarios() {
        return scenarios;
    }

    private Timeline timeline(Instant from, Instant to) {
        return new Timeline(series, from.toEpochMilli(), to.toEpochMilli());
    }

    private static Stream<SeriesGenerator> generators(long seed, Instant start, Scenario scenario) {
        List<SeriesModel> models = scenario.series();
        return IntStream.range(0, models.size())
                .mapToObj(i -> new SeriesGenerator(
                        models.get(i),
                        Randomness.seed(seed, scenario.name(), i),
                        start.toEpochMilli(),
                        scenario.incidents()));
    }
}
