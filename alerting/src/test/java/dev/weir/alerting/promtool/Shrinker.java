package dev.weir.alerting.promtool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a failing case small: drops subtrees, series and samples as long as it fails. */
final class Shrinker {
    private static final int MAX_ATTEMPTS = 300;

    /** Whether a case fails. */
    interface Check {
        boolean fails(DifferentialCase one) throws Exception;
    }

    private final Check check;
    private int attempts;

    Shrinker(Check check) {
        this.check = check;
    }

    DifferentialCase shrink(DifferentialCase failing) throws Exception {
        DifferentialCase smallest = failing;
        while (attempts < MAX_ATTEMPTS) {
            DifferentialCase smaller = firstFailing(candidates(smallest));
            if (smaller == null) {
                break;
            }
            smallest = smaller;
        }
        return smallest;
    }

    private @Nullable DifferentialCase firstFailing(List<DifferentialCase> candidates) throws Exception {
        for (DifferentialCase candidate : candidates) {
            attempts++;
            if (attempts < MAX_ATTEMPTS && check.fails(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static List<DifferentialCase> candidates(DifferentialCase one) {
        List<DifferentialCase> candidates = new ArrayList<>();
        one.expression()
                .smaller()
                .forEach(expression -> candidates.add(new DifferentialCase(one.series(), expression, one.timeMs())));
        for (int i = 0; i < one.series().size(); i++) {
            List<GeneratedSeries> fewer = new ArrayList<>(one.series());
            fewer.remove(i);
            candidates.add(new DifferentialCase(fewer, one.expression(), one.timeMs()));
        }
        if (one.series().size() <= 4) {
            candidates.addAll(fewerSamples(one));
        }
        return candidates;
    }

    /** Halves, quarters … of the samples of a series replaced by gaps. */
    private static List<DifferentialCase> fewerSamples(DifferentialCase one) {
        List<DifferentialCase> candidates = new ArrayList<>();
        for (int i = 0; i < one.series().size(); i++) {
            GeneratedSeries series = one.series().get(i);
            int size = series.values().size();
            for (int length = size / 2; length >= 1; length /= 2) {
                for (int from = 0; from < size; from += length) {
                    List<String> values = new ArrayList<>(series.values());
                    List<String> cut = values.subList(from, Math.min(size, from + length));
                    if (cut.stream().anyMatch(value -> !value.equals("_"))) {
                        cut.replaceAll(value -> "_");
                        List<GeneratedSeries> all = new ArrayList<>(one.series());
                        all.set(i, series.withValues(values));
                        candidates.add(new DifferentialCase(all, one.expression(), one.timeMs()));
                    }
                }
            }
        }
        return candidates;
    }
}
