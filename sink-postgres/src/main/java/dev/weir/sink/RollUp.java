package dev.weir.sink;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the day and week rows of {@code monitoring.aggregated_metrics} equal to their final hours, in the transaction
 * that writes the hours.
 *
 * <p>A day or week is final once it is over by the sink's clock. Its revision is that of its hours, each 1 + its own, less
 * 1: the same in whatever order and batches the hours come.
 */
final class RollUp {
    // A new hour is merged into the row of its day and of its week: two rows read and written, however many hours they
    // hold. What cannot be merged (a corrected hour, a gauge's or running total's hour that comes late, a day not there
    // yet) is computed again, the day from its hours and the week from its days. All rows that exist are locked before
    // they are read, and rows that do not must not appear meanwhile, so a second writer of a series waits or repeats.

    private final StoredAggregates stored = new StoredAggregates();
    private final AggregateStore store;
    private final Calendar calendar;
    private final InstantSource clock;

    RollUp(AggregateStore store, Calendar calendar, InstantSource clock) {
        this.store = store;
        this.calendar = calendar;
        this.clock = clock;
    }

    /**
     * A final hour as it is stored now.
     *
     * @param corrects whether it cannot just be added: its day holds an earlier form of it, or more has changed
     */
    record Change(AggregateRow hour, boolean corrects) {}

    /**
     * Brings days and weeks up to date.
     *
     * @param changes in the order of {@link RowKey#WRITE_ORDER}
     * @throws UnstorableException if a count would exceed 2^63 - 1, or what is stored is malformed
     */
    void apply(Handle handle, List<Change> changes) {
        List<Change> changesOfDays = roll(handle, changes, Period.DAILY, Period.HOURLY);
        roll(handle, changesOfDays, Period.WEEKLY, Period.DAILY);
    }

    /** Returns the changes with those marked that changed the day or week by more than what they add. */
    private List<Change> roll(Handle handle, List<Change> changes, Period whole, Period part) {
        Map<RowKey, Whole> wholes = new TreeMap<>(RowKey.WRITE_ORDER);
        for (Change change : changes) {
            RowKey hour = change.hour().key();
            Span span = calendar.spanOf(whole, hour.startMs());
            wholes.computeIfAbsent(
                            hour.at(whole, span.startMs()), key -> new Whole(new StoredAggregates.Range(key, span)))
                    .changes
                    .add(change);
        }
        Map<RowKey, AggregateRow> found = stored.lock(handle, List.copyOf(wholes.keySet()));
        List<Whole> again = new ArrayList<>();
        for (Whole each : wholes.values()) {
            each.before = found.get(each.key());
            if (!each.merge()) {
                again.add(each);
            }
        }
        Map<RowKey, List<AggregateRow>> parts = stored.parts(
                handle, part, again.stream().map(each -> each.range).toList());
        again.forEach(each -> each.total(parts.getOrDefault(each.key(), List.of())));
        write(handle, wholes.values());
        return wholes.values().stream().flatMap(Whole::seenFromAbove).toList();
    }

    private void write(Handle handle, Collection<Whole> wholes) {
        long now = clock.millis();
        List<AggregateRow> inserts = new ArrayList<>();
        List<AggregateRow> replacements = new ArrayList<>();
        for (Whole each : wholes) {
            AggregateRow row = each.total.row(each.range.span().endMs() <= now);
            (each.before == null ? inserts : replacements).add(row);
        }
        store.insert(handle, inserts);
        store.replace(handle, replacements);
    }

    /** One day or week of a series, and what happens to it. */
    private static final class Whole {
        final StoredAggregates.Range range;
        final List<Change> changes = new ArrayList<>();

        @Nullable
        AggregateRow before;

        PeriodTotal total;

        Whole(StoredAggregates.Range range) {
            this.range = range;
            total = new PeriodTotal(range.key());
        }

        RowKey key() {
            return range.key();
        }

        /** A day that was computed again may have found hours that no day held, as those that a sink of version 1 wrote. */
        Stream<Change> seenFromAbove() {
            long gained = total.revision() - (before == null ? -1 : before.revision());
            long added = changes.stream()
                    .mapToLong(change -> change.hour().revision() + 1)
                    .sum();
            return gained == added ? changes.stream() : changes.stream().map(change -> new Change(change.hour(), true));
        }

        /** Adds the changes to the stored row, or returns false where that is not enough. */
        boolean merge() {
            AggregateRow row = before;
            if (row == null
                    || changes.stream()
                            .anyMatch(change -> change.corrects() || !PeriodTotal.appends(row, change.hour()))) {
                return false;
            }
            List<AggregateRow> all = new ArrayList<>();
            all.add(row);
            changes.forEach(change -> all.add(change.hour()));
            total(all);
            return true;
        }

        void total(List<AggregateRow> inOrder) {
            total = new PeriodTotal(key());
            try {
                inOrder.forEach(total::add);
            } catch (ArithmeticException e) {
                throw new UnstorableException("counts of " + key() + " exceed 2^63 - 1: " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new UnstorableException("a part of " + key() + " cannot be added: " + e.getMessage());
            }
        }
    }
}
