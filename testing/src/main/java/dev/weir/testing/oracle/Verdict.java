package dev.weir.testing.oracle;

/**
 * The outcome of comparing everything a stream has published with what it must have published.
 *
 * @param comparison every difference of windows and rejects
 * @param lost events that minutes and rejects lack
 * @param duplicated events that minutes and rejects have too many
 */
public record Verdict(Comparison comparison, long lost, long duplicated) {
    public boolean matches() {
        return comparison.matches() && lost == 0 && duplicated == 0;
    }
}
