package dev.weir.testing.registry;

/** A request that the registry answers with one of Confluent's error codes. */
final class RegistryError extends RuntimeException {
    private final int status;
    private final int code;

    private RegistryError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RegistryError subjectNotFound(String subject) {
        return new RegistryError(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryError versionNotFound(String version) {
        return new RegistryError(404, 40402, "Version " + version + " not found.");
    }

    static RegistryError schemaNotFound(String which) {
        return new RegistryError(404, 40403, "Schema " + which + " not found");
    }

    static RegistryError notDeletedYet(String what) {
        return new RegistryError(404, 40405, what + " must be deleted before it can be deleted permanently");
    }

    static RegistryError noConfigOf(String subject) {
        return new RegistryError(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryError incompatible(String subject, String reasons) {
        return new RegistryError(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject + "\": "
                        + reasons);
    }

    static RegistryError invalidSchema(String reason) {
        return new RegistryError(422, 42201, "Invalid schema: " + reason);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(
                422, 42202, "The specified version '" + version + "' is not valid, must be 1 or more, or \"latest\"");
    }

    static RegistryError invalidLevel(String level) {
        return new RegistryError(
                422, 42203, "Invalid compatibility level " + level + ", must be one of " + CompatibilityLevel.names());
    }

    static RegistryError badRequest(String reason) {
        return new RegistryError(400, 400, reason);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
