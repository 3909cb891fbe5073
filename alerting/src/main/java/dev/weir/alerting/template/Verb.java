package dev.weir.alerting.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One directive of {@code printf}: flags, width and precision, and how each verb uses them. */
final class Verb {
    private final boolean space;
    private final boolean sharp;
    private boolean plus;
    private boolean left;
    private boolean zero;
    private int width;
    private @Nullable Integer precision;

    Verb(String flags) {
        plus = flags.indexOf('+') >= 0;
        space = flags.indexOf(' ') >= 0;
        sharp = flags.indexOf('#') >= 0;
        left = flags.indexOf('-') >= 0;
        zero = flags.indexOf('0') >= 0 && !left;
    }

    /** Negative is to the left. */
    void width(int given) {
        width = Math.abs(given);
        if (given < 0) {
            left = true;
            zero = false;
        }
    }

    void precision(int given) {
        precision = given;
    }

    /** Writes a value; of collections each element. */
    void append(int letter, Value value, BoundedText out) throws RenderFailure {
        // Go keeps the plus of %+v for the names of fields.
        plus &= letter != 'v';
        if (letter == 'T') {
            appendScalar('s', new Value.Text(value.goType()), out);
        } else if (letter == 'v' && value instanceof Value.Nothing) {
            pad("<nil>", ' ', out);
        } else {
            GoPrint.appendComposite(value, (element, text) -> appendScalar(letter, element, text), out);
        }
    }

    private void appendScalar(int letter, Value value, BoundedText out) throws RenderFailure {
        String text = null;
        boolean number = false;
        if (value instanceof Value.Text string) {
            text = ofText(letter, string.text());
        } else if (value instanceof Value.Numeric numeric) {
            text = ofFloat(letter, numeric.value());
            number = !Double.isNaN(numeric.value()) && !Double.isInfinite(numeric.value());
        } else if (value instanceof Value.Whole whole) {
            text = ofWhole(letter, whole.value());
            number = "dvboxX".indexOf(letter) >= 0 && precision == null;
        } else if (value instanceof Value.Flag flag && (letter == 't' || letter == 'v')) {
            text = Boolean.toString(flag.value());
        } else if (value instanceof Value.Time && (letter == 's' || letter == 'v')) {
            text = GoPrint.text(value);
        }
        if (text == null) {
            appendBad(letter, value, out);
        } else if (value instanceof Value.Numeric && !number) {
            pad(text, ' ', out);
        } else if (zero && number && width > text.length()) {
            int sign = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ") ? 1 : 0;
            out.append(text.substring(0, sign))
                    .append('0', width - text.length())
                    .append(text.substring(sign));
        } else {
            boolean digits = value instanceof Value.Whole && letter != 'c' && letter != 'q';
            pad(text, zero && !digits ? '0' : ' ', out);
        }
    }

    /** A verb that the value does not know; the value itself is written as the flags say. */
    private void appendBad(int letter, Value value, BoundedText out) throws RenderFailure {
        out.append("%!").append(Character.toString(letter)).append("(").append(value.goType());
        if (!(value instanceof Value.Nothing)) {
            appendScalar('v', value, out.append("="));
        }
        out.append(")");
    }

    private void pad(String text, char with, BoundedText out) throws RenderFailure {
        int missing = width - text.codePointCount(0, text.length());
        if (left) {
            out.append(text).append(' ', missing);
        } else {
            out.append(with, missing).append(text);
        }
    }

    private @Nullable String ofText(int letter, String text) {
        String cut = precision != null && precision < text.codePointCount(0, text.length())
                ? text.substring(0, text.offsetByCodePoints(0, precision))
                : text;
        return switch (letter) {
            case 's' -> cut;
            case 'v' -> sharp ? GoQuote.quote(cut) : cut;
            case 'q' -> plus ? GoQuote.quoteAscii(cut) : GoQuote.quote(cut);
            case 'x' -> hex(hexBytes(text), HexFormat.of(), "0x");
            case 'X' -> hex(hexBytes(text), HexFormat.of().withUpperCase(), "0X");
            default -> null;
        };
    }

    /** With a sharp and no space the prefix stands once, before all bytes. */
    private String hex(byte[] bytes, HexFormat form, String prefix) {
        if (space) {
            return form.withDelimiter(" ").withPrefix(sharp ? prefix : "").formatHex(bytes);
        }
        return (sharp && bytes.length > 0 ? prefix : "") + form.formatHex(bytes);
    }

    /** Here a precision counts bytes. */
    private byte[] hexBytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return precision != null && precision < bytes.length ? Arrays.copyOf(bytes, precision) : bytes;
    }

    private @Nullable String ofFloat(int letter, double value) {
        // A double has no digits behind the 1,074th, nor, before the point, the 309th.
        int digits = precision == null ? -1 : Math.min(precision, 1_100);
        String text = switch (letter) {
            case 'v', 'g', 'G' -> digits < 0 ? GoFloat.shortest(value) : GoFloat.significant(value, digits);
            case 'f', 'F' -> GoFloat.fixed(value, digits < 0 ? 6 : digits);
            case 'e', 'E' -> GoFloat.exponent(value, digits < 0 ? 6 : digits);
            case 'x', 'X' -> GoFloat.hexadecimal(value, digits);
            case 'b' -> GoFloat.binary(value);
            default -> null;
        };
        if (text == null) {
            return null;
        }
        boolean infinite = Double.isInfinite(value);
        String bare = infinite && value > 0 && !plus ? text.substring(1) : text;
        String sign =
                bare.startsWith("-") || bare.startsWith("+") ? "" : plus ? "+" : space ? " " : infinite ? "+" : "";
        String signed = sign + bare;
        return letter == 'E' || letter == 'G' || letter == 'X' ? upper(signed) : signed;
    }

    private static String upper(String number) {
        return number.indexOf('I') >= 0 || number.indexOf('N') >= 0 ? number : number.toUpperCase(Locale.ROOT);
    }

    private @Nullable String ofWhole(int letter, long value) {
        return switch (letter) {
            case 'd', 'v' -> digits(Long.toString(value), "");
            case 'b' -> digits(Long.toString(value, 2), sharp ? "0b" : "");
            case 'o' -> digits(Long.toString(value, 8), sharp ? "0" : "");
            case 'O' -> digits(Long.toString(value, 8), "0o");
            case 'x' -> digits(Long.toString(value, 16), sharp ? "0x" : "");
            case 'X' -> digits(Long.toString(value, 16).toUpperCase(Locale.ROOT), sharp ? "0X" : "");
            case 'c' -> character(value);
            case 'q' -> quotedCharacter(value);
            case 'U' -> "U+" + filled(String.format("%04X", value));
            default -> null;
        };
    }

    private String quotedCharacter(long value) {
        String character = character(value);
        if (character.equals("'") || character.equals("\"")) {
            return character.equals("'") ? "'\\''" : "'\"'";
        }
        String quoted = plus ? GoQuote.quoteAscii(character) : GoQuote.quote(character);
        return "'" + quoted.substring(1, quoted.length() - 1) + "'";
    }

    private static String character(long value) {
        return value >= 0 && value <= Character.MAX_CODE_POINT && Character.getType((int) value) != Character.SURROGATE
                ? Character.toString((int) value)
                : "\ufffd";
    }

    private String digits(String text, String prefix) {
        boolean negative = text.startsWith("-");
        String sign = negative ? "-" : plus ? "+" : space ? " " : "";
        return sign + prefix + filled(negative ? text.substring(1) : text);
    }

    /** Of a whole number the precision is the fewest digits. */
    private String filled(String digits) {
        int fewest = precision == null ? 0 : Math.min(precision, BoundedText.MAX_CHARACTERS);
        return "0".repeat(Math.max(0, fewest - digits.length())) + digits;
    }
}
