package dev.weir.publisher;

import java.util.Locale;

/** How bad a worker's issue is. */
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
