package dev.weir.testing.oracle;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.rejected.RejectReason;
import dev.weir.rejected.RejectedEvent;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Everything a stream has published, taken in record by record, and its comparison with an {@link IntegerTruth}.
 *
 * <p>Keeps the greatest revision of each window. Not thread-safe.
 */
public final class OutputCheck {
    private record Coordinates(int partition, long offset, int index) {}

    private static final int WHOLE_RECORD = -1;

    private final Map<WindowId, WindowAggregate> greatest = new HashMap<>();
    private final Map<Coordinates, RejectReason> rejected = new HashMap<>();
    private final Mismatches twice = new Mismatches();
    private long rejectedTwice;

    /** Takes in a record of the aggregates topic. */
    public void window(WindowAggregate aggregate) {
        WindowId.of(aggregate)
                .ifPresentOrElse(
                        window -> add(window, aggregate),
                        () -> twice.add(
                                aggregate.getMetric() + aggregate.getLabels(),
                                "window is [" + aggregate.getWindowStart() + ", " + aggregate.getWindowEnd()
                                        + "), must be 1 minute or 1 hour aligned to the epoch"));
    }

    private void add(WindowId window, WindowAggregate aggregate) {
        if (!aggregate.getFinal$() && aggregate.getRevision() >= 0) {
            twice.add(window, "revision " + aggregate.getRevision() + " is not final, must be negative");
        }
        WindowAggregate before = greatest.get(window);
        if (before == null || aggregate.getRevision() > before.getRevision()) {
            greatest.put(window, aggregate);
        } else if (aggregate.getRevision() == before.getRevision()) {
            twice.add(
                    window,
                    "revision " + aggregate.getRevision() + " is published twice, "
                            + (aggregate.equals(before) ? "the same" : "with different content"));
        } else {
            twice.add(
                    window,
                    "revision " + aggregate.getRevision() + " is published after revision " + before.getRevision());
        }
    }

    /** Takes in a record of the rejected topic. */
    public void rejected(RejectedEvent event) {
        Integer index = event.getIndex();
        Coordinates at = new Coordinates(event.getPartition(), event.getOffset(), index == null ? WHOLE_RECORD : index);
        if (rejected.putIfAbsent(at, event.getReason()) != null) {
            rejectedTwice++;
            twice.add(at, "event is rejected twice");
        }
    }

    /** How many windows, of all revisions one, have been published. */
    public int windows() {
        return greatest.size();
    }

    /** Compares what has been taken in with what must have been published. May be repeated. */
    public Verdict compare(IntegerTruth truth) {
        Mismatches mismatches = new Mismatches();
        mismatches.addAll(twice);
        Tally tally = new Tally();
        Set<WindowId> expected = new HashSet<>();
        truth.bySeries().forEach((id, series) -> {
            series.minutes().forEach((startMs, slice) -> {
                WindowId window = new WindowId(id, WindowSize.MINUTE, startMs);
                expected.add(window);
                // Every event is in one minute: only these are counted as lost or duplicated.
                WindowAggregate observed = greatest.get(window);
                tally.add(slice.count(), observed == null ? 0 : observed.getCount());
                check(mismatches, window, series, slice);
            });
            series.hours().forEach((startMs, slice) -> {
                WindowId window = new WindowId(id, WindowSize.HOUR, startMs);
                expected.add(window);
                check(mismatches, window, series, slice);
            });
        });
        greatest.forEach((window, observed) -> {
            if (!expected.contains(window)) {
                mismatches.add(window, "window is published, must not be: no event is in it");
                tally.add(0, window.size() == WindowSize.MINUTE ? observed.getCount() : 0);
            }
        });
        checkRejects(mismatches, tally, truth.rejects());
        Comparison comparison = mismatches.over(expected.size());
        return new Verdict(comparison, tally.lost, tally.duplicated + rejectedTwice);
    }

    /** Compares the last revision of every window with another output's; only the number of the revision may differ. */
    public Comparison compareRows(OutputCheck other) {
        Mismatches mismatches = new Mismatches();
        Set<WindowId> all = new HashSet<>(greatest.keySet());
        all.addAll(other.greatest.keySet());
        for (WindowId window : all) {
            WindowAggregate one = greatest.get(window);
            WindowAggregate two = other.greatest.get(window);
            if (one == null || two == null) {
                mismatches.add(window, "window is published by one only");
            } else {
                FieldCheck check = new FieldCheck(mismatches, window);
                one.getSchema().getFields().stream()
                        .filter(field -> !field.name().equals("revision"))
                        .forEach(field -> check.same(field.name(), one.get(field.pos()), two.get(field.pos())));
            }
        }
        return mismatches.over(all.size());
    }

    private void check(Mismatches mismatches, WindowId window, SeriesTruth series, SliceTruth slice) {
        WindowAggregate observed = greatest.get(window);
        if (observed == null) {
            mismatches.add(window, "window is missing");
        } else {
            SliceCheck.check(new FieldCheck(mismatches, window), observed, series, slice);
        }
    }

    private void checkRejects(Mismatches mismatches, Tally tally, Map<RejectReason, Long> expected) {
        Map<RejectReason, Long> observed = new EnumMap<>(RejectReason.class);
        rejected.values().forEach(reason -> observed.merge(reason, 1L, Long::sum));
        for (RejectReason reason : RejectReason.values()) {
            long is = observed.getOrDefault(reason, 0L);
            long must = expected.getOrDefault(reason, 0L);
            tally.add(must, is);
            if (is != must) {
                mismatches.add("rejected " + reason, "events are " + is + ", must be " + must);
            }
        }
    }

    private static final class Tally {
        private long lost;
        private long duplicated;

        void add(long expected, long observed) {
            lost += Math.max(0, expected - observed);
            duplicated += Math.max(0, observed - expected);
        }
    }
}
