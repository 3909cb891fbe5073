package dev.weir.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is and how to be let in: addresses without credentials, tried in order, and the value of the
 * {@code Authorization} header.
 */
record RegistryAddress(List<URI> urls, @Nullable String authorization, Duration connectTimeout, Duration readTimeout) {
    static final String URL = "schema.registry.url";
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";

    RegistryAddress {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new ConfigException(URL + " is empty, must name a registry");
        }
    }

    static RegistryAddress of(SerdeSettings settings) {
        refuseTlsSettings(settings);
        List<URI> urls = new ArrayList<>();
        String userInfo = null;
        for (String text : settings.required(URL).split(",", -1)) {
            if (!text.isBlank()) {
                URI url = parse(text.trim());
                userInfo = userInfo == null ? url.getUserInfo() : userInfo;
                urls.add(withoutUserInfo(url));
            }
        }
        return new RegistryAddress(
                urls,
                authorization(settings, userInfo),
                settings.millis("http.connect.timeout.ms", Duration.ofSeconds(5)),
                settings.millis("http.read.timeout.ms", Duration.ofSeconds(10)));
    }

    boolean isMock() {
        return "mock".equals(urls.get(0).getScheme());
    }

    private static void refuseTlsSettings(SerdeSettings settings) {
        for (String key : settings.values().keySet()) {
            if (key.startsWith("schema.registry.ssl.")) {
                throw new ConfigException(
                        key + " is not supported, must be given to the JVM as javax.net.ssl.trustStore and its kin");
            }
        }
    }

    private static URI parse(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            // Not the text itself: it may hold a password.
            throw new ConfigException(URL + " is not a URL, must be http://host:port[/path], https:// or mock://scope");
        }
        String scheme = url.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme) || "mock".equals(scheme))
                || url.getRawAuthority() == null) {
            throw new ConfigException(URL + " is " + withoutUserInfo(url)
                    + ", must be http://host:port[/path], https:// or mock://scope");
        }
        return url;
    }

    private static URI withoutUserInfo(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url : URI.create(url.toString().replace(userInfo + "@", ""));
    }

    private static @Nullable String authorization(SerdeSettings settings, @Nullable String urlUserInfo) {
        String bearer = settings.text(BEARER_SOURCE);
        if (bearer != null) {
            if (!"STATIC_TOKEN".equals(bearer)) {
                throw new ConfigException(BEARER_SOURCE + " is " + bearer + ", must be STATIC_TOKEN");
            }
            return "Bearer " + settings.required(BEARER_TOKEN);
        }
        String source = settings.text(BASIC_SOURCE, "URL");
        String userInfo = switch (source) {
            case "URL" -> urlUserInfo;
            case "USER_INFO" -> settings.required(USER_INFO);
            default -> throw new ConfigException(BASIC_SOURCE + " is " + source + ", must be URL or USER_INFO");
        };
        return userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /** Names the addresses only: the rest is secret. */
    @Override
    public String toString() {
        return urls.toString();
    }
}
