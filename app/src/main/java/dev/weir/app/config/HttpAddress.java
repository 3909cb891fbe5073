package dev.weir.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of servers in settings: http or https, a host, no user, query or fragment. */
final class HttpAddress {
    private HttpAddress() {}

    /** Empty if the text is no such address. */
    static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            boolean usable = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            return usable ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
