package dev.weir.serde;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** The words for why a request failed: its own, or those of its type, as Java's HTTP client often gives none. */
final class FailureText {
    private FailureText() {}

    static String of(Exception failure) {
        String own = failure.getMessage();
        if (own != null && !own.isBlank()) {
            return own;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        return failure instanceof ConnectException ? "connection refused" : words(failure.getClass());
    }

    /** {@code ClosedChannelException} is "closed channel". */
    private static String words(Class<?> type) {
        return type.getSimpleName()
                .replaceFirst("(?<=.)Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
