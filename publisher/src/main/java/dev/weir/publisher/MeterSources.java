package dev.weir.publisher;

import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import dev.weir.series.Series;
import io.micrometer.core.instrument.Meter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What is published of each meter, so that it ends with the meter. Thread-safe. */
final class MeterSources {
    private final WeirPublisher publisher;
    private final BiConsumer<Meter.Id, String> refused;
    private final ConcurrentMap<Meter.Id, List<Source>> byMeter = new ConcurrentHashMap<>();

    /** Of a registry that wants to know which meters are not published, and why. */
    MeterSources(WeirPublisher publisher, BiConsumer<Meter.Id, String> refused) {
        this.publisher = publisher;
        this.refused = refused;
    }

    /** The series of a meter, or none if it cannot be published. */
    Optional<Series> series(Meter.Id id, String name, MetricKind kind, Map<String, String> labels) {
        if (publisher.isFull()) {
            refused.accept(id, "there are too many meters already (maxInstruments)");
            return Optional.empty();
        }
        try {
            return Optional.of(publisher.series(name, kind, null, labels));
        } catch (IllegalArgumentException e) {
            refused.accept(id, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    DoubleConsumer observe(Meter.Id id, Series series, @Nullable Outcome outcome, double valuesPerUnit) {
        return add(id, publisher.observations(series, outcome, valuesPerUnit))::record;
    }

    DoubleConsumer increments(Meter.Id id, Series series, @Nullable Outcome outcome) {
        return add(id, publisher.increments(series, outcome))::add;
    }

    void total(Meter.Id id, Series series, @Nullable Outcome outcome, DoubleSupplier total) {
        add(id, publisher.attached(new FunctionIncrements(Channel.of(series, outcome), total)));
    }

    void level(Meter.Id id, Series series, DoubleSupplier level) {
        add(id, publisher.level(series, level));
    }

    void remove(Meter.Id id) {
        List<Source> sources = byMeter.remove(id);
        if (sources != null) {
            sources.forEach(publisher::detach);
        }
    }

    private <S extends Source> S add(Meter.Id id, S source) {
        byMeter.computeIfAbsent(id, meter -> new CopyOnWriteArrayList<>()).add(source);
        return source;
    }
}
