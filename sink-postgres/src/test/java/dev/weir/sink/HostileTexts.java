package dev.weir.sink;

import java.util.List;

/** Texts that break what is careless with them. */
final class HostileTexts {
    private HostileTexts() {}

    /** Those that PostgreSQL can hold. */
    static List<String> storable() {
        return List.of(
                "'; DROP TABLE monitoring.worker_issues; --",
                "\\N",
                "\\.\n\\.",
                "tab\tnewline\nreturn\rbackslash\\quote\"",
                "\u202eright to left\u202c שלום",
                "emoji 🦆👩‍👩‍👧 and a lone \u200d",
                "{\"json\": \"\\u0041\"}",
                "\u0001\u001f\u007f\ufeff\uffff",
                "x".repeat(1 << 20));
    }
}
