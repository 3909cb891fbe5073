package dev.weir.serve;

/**
 * The address the HTTP server listens on.
 *
 * @param host name or address of one interface, or {@code 0.0.0.0} for all
 * @param port TCP port, 0 for any free one
 */
public record HttpSettings(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host is \"" + host + "\", must be a name or address (http.host)");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port is " + port + ", must be 0 to " + HIGHEST_PORT + " (http.port)");
        }
    }
}
