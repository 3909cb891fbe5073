package dev.weir.notify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How Weir says to Alertmanagers who it is. Never printed. */
public sealed interface Credentials {
    /** Value of the header {@code Authorization}; empty for none. */
    Optional<String> header();

    /** Anybody may post. */
    record None() implements Credentials {
        @Override
        public Optional<String> header() {
            return Optional.empty();
        }
    }

    /** HTTP basic authentication (RFC 7617), in UTF-8. */
    record Basic(String user, String password) implements Credentials {
        @Override
        public Optional<String> header() {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + ", password=***]";
        }
    }

    /** A bearer token (RFC 6750). */
    record Bearer(String token) implements Credentials {
        @Override
        public Optional<String> header() {
            return Optional.of("Bearer " + token);
        }

        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }
}
