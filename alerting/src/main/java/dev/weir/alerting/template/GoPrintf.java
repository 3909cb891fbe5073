package dev.weir.alerting.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's {@code printf} over texts and numbers; a wrong verb shows itself in the output, as Go's does. */
final class GoPrintf {
    private static final Pattern DIRECTIVE =
            Pattern.compile("%([-+ 0#]*)([0-9]{1,3})?(?:\\.([0-9]{0,3}))?(.)?", Pattern.DOTALL);

    private GoPrintf() {}

    static String format(String format, List<Value> arguments) {
        StringBuilder out = new StringBuilder();
        Matcher directive = DIRECTIVE.matcher(format);
        int used = 0;
        int copied = 0;
        while (directive.find()) {
            out.append(format, copied, directive.start());
            copied = directive.end();
            String verb = directive.group(4);
            if (verb == null) {
                out.append("%!(NOVERB)");
            } else if (verb.equals("%")) {
                out.append('%');
            } else if (used == arguments.size()) {
                out.append("%!").append(verb).append("(MISSING)");
            } else {
                out.append(formatted(directive, verb, arguments.get(used++)));
            }
        }
        out.append(format, copied, format.length());
        return appendExtra(out, arguments, used).toString();
    }

    private static StringBuilder appendExtra(StringBuilder out, List<Value> arguments, int used) {
        if (used < arguments.size()) {
            List<String> extra = arguments.subList(used, arguments.size()).stream()
                    .map(argument -> argument.goType() + "=" + argument.text())
                    .toList();
            out.append("%!(EXTRA ").append(String.join(", ", extra)).append(')');
        }
        return out;
    }

    private static String formatted(Matcher directive, String verb, Value argument) {
        String flags = directive.group(1);
        int width = directive.group(2) == null ? 0 : Integer.parseInt(directive.group(2));
        String digits = directive.group(3);
        int precision = digits == null ? -1 : digits.isEmpty() ? 0 : Integer.parseInt(digits);
        String text = argument instanceof Value.Numeric number
                ? number(verb, number.value(), precision)
                : text(verb, argument.text(), precision);
        if (text.isEmpty() && !(argument instanceof Value.Text)) {
            return "%!" + verb + "(" + argument.goType() + "=" + argument.text() + ")";
        }
        if (argument instanceof Value.Text && !"svq".contains(verb)) {
            return "%!" + verb + "(string=" + argument.text() + ")";
        }
        return padded(signed(text, flags, argument), flags, width, argument);
    }

    private static String number(String verb, double value, int precision) {
        return switch (verb) {
            case "v", "g", "G" -> precision < 0 ? GoFloat.shortest(value) : GoFloat.significant(value, precision);
            case "f", "F" -> GoFloat.fixed(value, precision < 0 ? 6 : precision);
            case "e" -> GoFloat.exponent(value, precision < 0 ? 6 : precision);
            default -> "";
        };
    }

    private static String text(String verb, String value, int precision) {
        if (verb.equals("q")) {
            return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        }
        return precision >= 0 && precision < value.codePointCount(0, value.length())
                ? value.substring(0, value.offsetByCodePoints(0, precision))
                : value;
    }

    private static String signed(String text, String flags, Value argument) {
        if (argument instanceof Value.Text || text.startsWith("-") || text.startsWith("+")) {
            return text;
        }
        return flags.contains("+") ? "+" + text : flags.contains(" ") ? " " + text : text;
    }

    private static String padded(String text, String flags, int width, Value argument) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (flags.contains("-")) {
            return text + " ".repeat(missing);
        }
        if (flags.contains("0") && argument instanceof Value.Numeric) {
            int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
            return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
        }
        return " ".repeat(missing) + text;
    }
}
