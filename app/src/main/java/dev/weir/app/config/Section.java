package dev.weir.app.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The typed view of one section of the settings: each getter checks, notes a fault if need be, and then gives the default. */
record Section(Settings settings, String name) {
    String text(String key, String otherwise) {
        String value = settings.text(path(key), otherwise);
        if (value.isBlank() && !otherwise.isBlank()) {
            settings.fault(path(key), "is empty, must be a text");
            return otherwise;
        }
        return value;
    }

    List<String> list(String key, List<String> otherwise) {
        return settings.list(path(key), otherwise);
    }

    /** A whole number in [least, most]. */
    int integer(String key, int otherwise, int least, int most) {
        String text = settings.text(path(key), Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException noNumber) {
            settings.fault(path(key), "is " + text + ", must be a whole number from " + least + " to " + most);
            return otherwise;
        }
        settings.fault(path(key), "is " + text + ", must be from " + least + " to " + most);
        return otherwise;
    }

    /** A number that has no default; empty where it is missing or none. */
    OptionalDouble number(String key) {
        if (settings.source(path(key)).isEmpty()) {
            settings.faultIn(name, "has no " + key + ", must have the number");
            return OptionalDouble.empty();
        }
        String text = settings.text(path(key), "");
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException noNumber) {
            settings.fault(path(key), "is " + text + ", must be a number");
            return OptionalDouble.empty();
        }
    }

    /** As {@link #integer}, for a setting that may be left out or be the given word. */
    Optional<Integer> optionalInteger(String key, String absent, int least, int most) {
        return settings.text(path(key), absent).equals(absent)
                ? Optional.empty()
                : Optional.of(integer(key, least, least, most));
    }

    boolean flag(String key, boolean otherwise) {
        String text = settings.text(path(key), Boolean.toString(otherwise));
        require(text.equals("true") || text.equals("false"), key, "is " + text + ", must be true or false");
        return text.equals("true");
    }

    /** A number of bytes in [least, most]. */
    int bytes(String key, int otherwise, int least, int most) {
        String text = settings.text(path(key), SizeText.format(otherwise));
        long value = SizeText.parse(text).orElse(Long.MIN_VALUE);
        if (value >= least && value <= most) {
            return (int) value;
        }
        settings.fault(
                path(key), "is " + text + ", must be from " + SizeText.format(least) + " to " + SizeText.format(most));
        return otherwise;
    }

    Duration duration(String key, Duration otherwise, Duration least) {
        String text = settings.text(path(key), DurationText.format(otherwise));
        Optional<Duration> value = DurationText.parse(text);
        if (value.isEmpty()) {
            settings.fault(path(key), "is " + text + ", must be a duration such as 10s or 1h30m");
        } else if (value.get().compareTo(least) < 0) {
            String bound = least.isZero() ? "0" : DurationText.format(least);
            settings.fault(path(key), "is " + text + ", must be >= " + bound);
        } else {
            return value.get();
        }
        return otherwise;
    }

    /** One of the enum's constants, written in lower case. */
    <E extends Enum<E>> E choice(String key, E otherwise, E[] allowed) {
        String text = settings.text(path(key), word(otherwise));
        for (E constant : allowed) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        settings.fault(
                path(key),
                "is " + text + ", must be one of "
                        + String.join(
                                ", ", Arrays.stream(allowed).map(Section::word).toList()));
        return otherwise;
    }

    /** Notes a fault of the key's value if the condition does not hold. */
    void require(boolean condition, String key, String problem) {
        if (!condition) {
            settings.fault(path(key), problem);
        }
    }

    private String path(String key) {
        return name + "." + key;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
