package dev.weir.app.config;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a number of bytes: {@code 65536}, {@code 64KiB}, {@code 1MiB}. */
final class SizeText {
    private static final Pattern FORM = Pattern.compile("(-?\\d{1,12}) ?(KiB|MiB|GiB)?");

    private SizeText() {}

    /** Empty if the text is not a size. */
    static OptionalLong parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return OptionalLong.of(unit == null ? number : number << shift(unit));
    }

    static String format(long bytes) {
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes > 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
    }
}
