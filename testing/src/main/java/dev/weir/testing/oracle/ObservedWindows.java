package dev.weir.testing.oracle;

import dev.weir.aggregates.WindowAggregate;
import java.util.HashMap;
import java.util.Map;

/** The published windows, the greatest revision of each. */
final class ObservedWindows {
    private final Map<WindowId, WindowAggregate> greatest = new HashMap<>();
    private final Mismatches mismatches;

    ObservedWindows(Iterable<WindowAggregate> observed, Mismatches mismatches) {
        this.mismatches = mismatches;
        for (WindowAggregate aggregate : observed) {
            WindowId.of(aggregate).ifPresentOrElse(window -> add(window, aggregate), () -> misaligned(aggregate));
        }
    }

    Map<WindowId, WindowAggregate> byWindow() {
        return greatest;
    }

    private void add(WindowId window, WindowAggregate aggregate) {
        WindowAggregate other = greatest.putIfAbsent(window, aggregate);
        if (other == null) {
            return;
        }
        if (other.getRevision() == aggregate.getRevision() && !other.equals(aggregate)) {
            mismatches.add(
                    window,
                    "revision " + aggregate.getRevision() + " is published twice with different content: "
                            + differences(other, aggregate));
        }
        if (aggregate.getRevision() > other.getRevision()) {
            greatest.put(window, aggregate);
        }
    }

    private void misaligned(WindowAggregate aggregate) {
        mismatches.add(
                aggregate.getMetric() + aggregate.getLabels(),
                "window is [" + aggregate.getWindowStart() + ", " + aggregate.getWindowEnd()
                        + "), must be 1 minute or 1 hour aligned to the epoch");
    }

    private static String differences(WindowAggregate first, WindowAggregate second) {
        StringBuilder differences = new StringBuilder();
        for (int i = 0; i < first.getSchema().getFields().size(); i++) {
            String one = String.valueOf(first.get(i));
            String two = String.valueOf(second.get(i));
            if (!one.equals(two)) {
                String field = first.getSchema().getFields().get(i).name();
                differences.append(differences.isEmpty() ? "" : "; ");
                differences
                        .append(field)
                        .append(" is ")
                        .append(one)
                        .append(" and ")
                        .append(two);
            }
        }
        return differences.isEmpty() ? "bytes of the sketch" : differences.toString();
    }
}
