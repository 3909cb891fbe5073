package dev.weir.app.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** A text that is never printed: its {@code toString} is a row of asterisks. */
public record Secret(String value) {
    static final String MASK = "********";
    private static final Pattern SECRET_KEY = Pattern.compile(
            "password|passphrase|secret|token|jaas|credential|user\\.info|keystore\\.key|private\\.key|bearer");
    private static final Pattern URL_USER = Pattern.compile("(?<=//)[^/@\\s]*:[^/@\\s]*@");
    private static final Pattern URL_PASSWORD = Pattern.compile("(?i)((?:password|secret|token)=)[^&;\\s]*");

    @Override
    public String toString() {
        return MASK;
    }

    /** The value as it may be printed: masked by the name of its key, and inside URLs. */
    static String redact(String key, String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()) {
            return MASK;
        }
        String withoutUser = URL_USER.matcher(value).replaceAll(MASK + "@");
        return URL_PASSWORD.matcher(withoutUser).replaceAll("$1" + MASK);
    }
}
