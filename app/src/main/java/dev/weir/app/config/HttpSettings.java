package dev.weir.app.config;

/**
 * Where the HTTP server listens.
 *
 * @param host an address of this machine; 0.0.0.0 is all of them
 * @param port 0 lets the system choose
 */
public record HttpSettings(String host, int port) {
    static HttpSettings read(Section section) {
        return new HttpSettings(section.text("host", "127.0.0.1"), section.integer("port", 19_095, 0, 65_535));
    }
}
