package dev.weir.serde;

/** A registry's own "no": an HTTP status, its error code and its reason. */
final class RegistryAnswerException extends Exception {
    private final int status;
    private final int errorCode;
    private final String reason;

    RegistryAnswerException(int status, int errorCode, String reason) {
        super("HTTP " + status + (errorCode == status ? "" : " (" + errorCode + ")") + ": " + reason);
        this.status = status;
        this.errorCode = errorCode;
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /** True for a missing subject, version or schema. A 404 without such a code is a wrong path, not an answer. */
    boolean saysUnknown() {
        return errorCode == 40401 || errorCode == 40402 || errorCode == 40403;
    }

    boolean isNotFound() {
        return status == 404;
    }

    /** True where repeating the same schema cannot help: incompatible or invalid. */
    boolean saysRefused() {
        return status == 409 || status == 422 || status == 400;
    }

    /** True where the next attempt or the next address may answer otherwise. */
    boolean mayPass() {
        return status >= 500 || status == 429 || status == 408;
    }
}
