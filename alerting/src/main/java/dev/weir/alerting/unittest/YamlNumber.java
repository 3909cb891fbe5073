package dev.weir.alerting.unittest;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of YAML 1.1, which Prometheus reads: {@code 1}, {@code -0x1F}, {@code 1_000}, {@code 1.5e3}, {@code .inf}. */
final class YamlNumber {
    private static final Pattern SYNTAX = Pattern.compile(
            "([-+]?)(?:"
                    + "0x([0-9a-f]{1,16})|0b([01]{1,64})|0o?([0-7]{1,22})|((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[-+]?[0-9]+)?)|(\\.inf)|(\\.nan))");
    private static final int[] BASES = {16, 2, 8};
    private static final int FIRST_BASE_GROUP = 2;

    private YamlNumber() {}

    static Optional<Double> parse(String text) {
        Matcher number = SYNTAX.matcher(text.toLowerCase(Locale.ROOT).replace("_", ""));
        if (!number.matches()) {
            return Optional.empty();
        }
        double value = value(number);
        return Optional.of(number.group(1).equals("-") ? -value : value);
    }

    private static double value(Matcher number) {
        for (int i = 0; i < BASES.length; i++) {
            String digits = number.group(FIRST_BASE_GROUP + i);
            if (digits != null) {
                return new BigInteger(digits, BASES[i]).doubleValue();
            }
        }
        if (number.group(5) != null) {
            return Double.parseDouble(number.group(5));
        }
        return number.group(6) != null ? Double.POSITIVE_INFINITY : Double.NaN;
    }
}
