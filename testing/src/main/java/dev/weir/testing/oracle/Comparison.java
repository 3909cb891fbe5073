package dev.weir.testing.oracle;

import java.util.List;

/**
 * The outcome of comparing observed windows with the recomputed ones.
 *
 * @param windows how many windows were compared, missing and unexpected ones included
 * @param mismatches how many differences were found in all
 * @param first the first differences, at most 100, each naming its window, the field and both values
 */
public record Comparison(long windows, long mismatches, List<String> first) {
    public Comparison {
        first = List.copyOf(first);
    }

    public boolean matches() {
        return mismatches == 0;
    }
}
