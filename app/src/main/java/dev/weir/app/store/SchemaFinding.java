package dev.weir.app.store;

/**
 * One difference between this build and what is deployed.
 *
 * @param what such as {@code table monitoring.alerts} or {@code subject weir.aggregates-value}
 * @param problem as a sentence goes on
 * @param fault true if Weir cannot work with it; false if it can, but somebody should know
 */
public record SchemaFinding(String what, String problem, boolean fault) {
    static SchemaFinding fault(String what, String problem) {
        return new SchemaFinding(what, problem, true);
    }

    static SchemaFinding note(String what, String problem) {
        return new SchemaFinding(what, problem, false);
    }

    @Override
    public String toString() {
        return what + " " + problem;
    }
}
