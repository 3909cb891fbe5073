package dev.weir.alerting.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A number as the value of a label: as few digits as identify it, without an exponent. */
final class ValueLabel {
    private static final int MAX_DIGITS = 17;

    private ValueLabel() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return Double.compare(value, 0.0) < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact;
        // Double.toString of JDK 17 is not always the shortest (JDK-4511638), so the digits are searched.
        for (int digits = 1; digits <= MAX_DIGITS; digits++) {
            rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                break;
            }
        }
        return rounded.toPlainString();
    }
}
