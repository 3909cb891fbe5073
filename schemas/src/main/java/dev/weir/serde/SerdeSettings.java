package dev.weir.serde;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The settings given to a serde, read under Confluent's keys; where a client key is absent, under {@code schema.registry.} too. */
record SerdeSettings(Map<String, ?> values) {
    private static final String CLIENT_PREFIX = "schema.registry.";

    @Nullable
    String text(String key) {
        Object value = values.get(key);
        if (value == null) {
            value = values.get(CLIENT_PREFIX + key);
        }
        if (value == null) {
            return null;
        }
        String text = plain(value).trim();
        return text.isEmpty() ? null : text;
    }

    private static String plain(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Password password) {
            return password.value();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value.toString();
    }

    String text(String key, String absent) {
        String text = text(key);
        return text == null ? absent : text;
    }

    String required(String key) {
        String text = text(key);
        if (text == null) {
            throw new ConfigException(key + " is missing, must be set");
        }
        return text;
    }

    boolean flag(String key, boolean absent) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key + " is " + text + ", must be true or false");
        };
    }

    Duration millis(String key, Duration absent) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        try {
            Duration duration = Duration.ofMillis(Long.parseLong(text));
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number that is too small is.
        }
        throw new ConfigException(key + " is " + text + ", must be a whole number of ms > 0");
    }
}
