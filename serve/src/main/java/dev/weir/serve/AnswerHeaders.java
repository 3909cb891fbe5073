package dev.weir.serve;

import java.util.Map;

/**
 * The headers of every answer, good or bad: nothing is cached, guessed at, framed, or allowed to load anything.
 */
final class AnswerHeaders {
    static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private AnswerHeaders() {}
}
