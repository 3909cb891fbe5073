package dev.weir.app.config;

/**
 * One thing wrong with the configuration.
 *
 * @param where {@code file:line:column}, the name of an environment variable or a flag
 * @param message what is wrong, the value, what is allowed
 */
public record Fault(String where, String message) {
    @Override
    public String toString() {
        return where + ": " + message;
    }
}
