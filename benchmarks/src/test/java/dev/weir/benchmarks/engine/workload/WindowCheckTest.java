package dev.weir.benchmarks.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.events.Measurement;
import dev.weir.events.MetricBatch;
import dev.weir.events.MetricEvent;
import dev.weir.pane.Aggregate;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import dev.weir.topology.aggregate.WindowRecord;
import dev.weir.topology.aggregate.WindowSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle agrees with windows that are right, and with no others. */
final class WindowCheckTest {
    private final Map<Series, Map<Long, Aggregate>> windows = new HashMap<>();
    private long events;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rightWindowsHaveNoMismatch(boolean batched) {
        WorkloadSpec spec = spec(batched);
        WindowCheck check = new WindowCheck(spec);
        records(spec).forEach(check::observe);
        assertThat(check.first()).isNull();
        assertThat(check.mismatches()).isZero();
        assertThat(events).isEqualTo(spec.events());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void lostAndDoubledAndChangedWindowsAreMismatches(int fault) {
        WorkloadSpec spec = spec(false);
        List<WindowAggregate> records = records(spec);
        WindowAggregate last = records.remove(records.size() - 1);
        switch (fault) {
            case 0 -> {}
            case 1 -> records.addAll(List.of(last, last));
            default -> {
                last.put("count", last.getCount() + 1);
                records.add(last);
            }
        }
        WindowCheck check = new WindowCheck(spec);
        records.forEach(check::observe);
        assertThat(check.mismatches()).isEqualTo(1);
    }

    private static WorkloadSpec spec(boolean batched) {
        return new WorkloadSpec("test", 200, batched, 122, 1_000, 3_600_000);
    }

    /** Windows of 1 m by the panes that Weir uses, without the closing events. */
    private List<WindowAggregate> records(WorkloadSpec spec) {
        new EventRecords(spec).forEach((partition, key, value) -> {
            if (value instanceof MetricEvent event) {
                add(spec, event);
            } else if (value instanceof MetricBatch batch) {
                batch.getMeasurements().forEach(one -> add(spec, event(batch, one)));
            }
        });
        List<WindowAggregate> records = new ArrayList<>();
        windows.forEach((series, byStart) -> byStart.forEach(
                (start, window) -> records.add(WindowRecord.of(WindowSize.MINUTE, start, series, window, 0))));
        return records;
    }

    private static MetricEvent event(MetricBatch batch, Measurement one) {
        Map<String, String> labels = new HashMap<>(batch.getLabels());
        labels.putAll(one.getLabels());
        return new MetricEvent(
                one.getTimestamp(),
                batch.getService(),
                one.getMetric(),
                one.getKind(),
                one.getValue(),
                one.getUnit(),
                one.getOutcome(),
                labels,
                null);
    }

    private void add(WorkloadSpec spec, MetricEvent event) {
        long timeMs = event.getTimestamp().toEpochMilli();
        if (timeMs == spec.closingMs()) {
            return;
        }
        Series series =
                Series.of(event.getMetric(), event.getService(), event.getLabels(), event.getKind(), event.getUnit());
        windows.computeIfAbsent(series, unknown -> new HashMap<>())
                .computeIfAbsent(
                        timeMs - Math.floorMod(timeMs, 60_000L),
                        unknown -> new Aggregate(event.getKind(), SketchRange.of(event.getMetric(), event.getUnit())))
                .record(timeMs, event.getValue(), event.getOutcome());
        events++;
    }
}
