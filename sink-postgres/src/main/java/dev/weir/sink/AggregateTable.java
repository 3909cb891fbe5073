package dev.weir.sink;

import dev.weir.aggregates.WindowAggregate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Hours, days and weeks in {@code monitoring.aggregated_metrics}. An hour is replaced by one of a greater revision only;
 * a final one is also in the row of its day and its week. Windows other than one hour become no row.
 */
final class AggregateTable implements RowTable<WindowAggregate, HourlyRow> {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Partitions partitions;
    private final Calendar calendar;
    private final StoredAggregates stored = new StoredAggregates();
    private final AggregateStore store;
    private final RollUp rollUp;

    AggregateTable(Partitions partitions, Calendar calendar, InstantSource clock) {
        this.partitions = partitions;
        this.calendar = calendar;
        store = new AggregateStore(clock);
        rollUp = new RollUp(store, calendar, clock);
    }

    @Override
    public Class<WindowAggregate> recordType() {
        return WindowAggregate.class;
    }

    @Override
    public List<HourlyRow> rows(WindowAggregate value, ConsumerRecord<byte[], byte[]> source) {
        Instant start = value.getWindowStart();
        if (!Duration.between(start, value.getWindowEnd()).equals(HOUR)) {
            return List.of();
        }
        partitions.requireRetained(TimedRows.HOURLY, "window_start", start);
        return List.of(HourlyRow.of(value, source));
    }

    @Override
    public List<HourlyRow> arrange(List<HourlyRow> rows) {
        return RowTable.onePerKey(
                rows, HourlyRow::key, AggregateTable::newer, (a, b) -> RowKey.WRITE_ORDER.compare(a.key(), b.key()));
    }

    @Override
    public void prepare(Handle handle, List<HourlyRow> rows) {
        rows.stream().map(row -> row.key().startMs()).distinct().forEach(startMs -> {
            partitions.ensure(handle, TimedRows.HOURLY, Instant.ofEpochMilli(startMs));
            for (Period whole : List.of(Period.DAILY, Period.WEEKLY)) {
                Span span = calendar.spanOf(whole, startMs);
                partitions.ensure(handle, whole.rows(), Instant.ofEpochMilli(span.startMs()));
            }
        });
    }

    @Override
    public long write(Handle handle, List<HourlyRow> rows) {
        try {
            return writeHours(handle, rows.stream().map(HourlyRow::row).toList());
        } catch (JdbiException e) {
            // One of them may be gone.
            partitions.forget();
            throw e;
        }
    }

    private long writeHours(Handle handle, List<AggregateRow> hours) {
        Map<RowKey, StoredAggregates.Version> versions = stored.lockVersions(
                handle, hours.stream().map(AggregateRow::key).toList());
        List<AggregateRow> inserts = new ArrayList<>();
        List<AggregateRow> replacements = new ArrayList<>();
        List<RollUp.Change> changes = new ArrayList<>();
        for (AggregateRow hour : hours) {
            StoredAggregates.Version before = versions.get(hour.key());
            if (before != null && before.revision() >= hour.revision()) {
                continue;
            }
            (before == null ? inserts : replacements).add(hour);
            if (hour.isFinal()) {
                changes.add(new RollUp.Change(hour, before != null && before.isFinal()));
            }
        }
        store.insert(handle, inserts);
        store.replace(handle, replacements);
        rollUp.apply(handle, changes);
        return (long) inserts.size() + replacements.size();
    }

    private static HourlyRow newer(HourlyRow first, HourlyRow second) {
        return second.row().revision() > first.row().revision() ? second : first;
    }
}
