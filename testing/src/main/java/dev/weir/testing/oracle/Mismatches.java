package dev.weir.testing.oracle;

import java.util.ArrayList;
import java.util.List;

/** The differences found so far: all counted, the first ones kept. */
final class Mismatches {
    private static final int KEPT = 100;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(Object where, String difference) {
        count++;
        if (first.size() < KEPT) {
            first.add(difference + " (" + where + ")");
        }
    }

    void addAll(Mismatches other) {
        count += other.count;
        other.first.stream().limit(KEPT - first.size()).forEach(first::add);
    }

    Comparison over(long windows) {
        return new Comparison(windows, count, first);
    }
}
