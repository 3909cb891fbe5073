package dev.weir.alerting.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Go's {@code printf}; a wrong verb shows itself in the output, as Go's does. */
final class GoPrintf {
    private static final Pattern DIRECTIVE = Pattern.compile(
            "%([-+ 0#]*)(\\[[0-9]{1,4}\\])?(\\*|[0-9]{1,6})?(?:(\\.)(\\*|[0-9]{1,6})?)?(\\[[0-9]{1,4}\\])?(.)?",
            Pattern.DOTALL);

    private final List<Value> arguments;
    private final BoundedText out = new BoundedText();
    private int next;
    private boolean reordered;

    private GoPrintf(List<Value> arguments) {
        this.arguments = arguments;
    }

    static String format(String format, List<Value> arguments) throws RenderFailure {
        GoPrintf printf = new GoPrintf(arguments);
        printf.run(format);
        return printf.out.toString();
    }

    private void run(String format) throws RenderFailure {
        Matcher directive = DIRECTIVE.matcher(format);
        int copied = 0;
        while (directive.find()) {
            out.append(format.substring(copied, directive.start()));
            copied = directive.end();
            if (directive.group(7) != null
                    && Character.isHighSurrogate(directive.group(7).charAt(0))) {
                copied = Math.min(copied + 1, format.length());
            }
            append(directive, format.substring(directive.start(), copied));
            directive.region(copied, format.length());
        }
        out.append(format.substring(copied));
        appendExtra();
    }

    private void append(Matcher directive, String text) throws RenderFailure {
        Verb verb = new Verb(directive.group(1));
        boolean good = jump(directive.group(2));
        String width = directive.group(3);
        if (width != null) {
            Integer given = width.equals("*") ? wholeArgument() : Integer.valueOf(width);
            if (given == null) {
                out.append("%!(BADWIDTH)");
            } else {
                verb.width(given);
            }
        }
        if (directive.group(4) != null) {
            String digits = directive.group(5);
            Integer given = digits == null
                    ? Integer.valueOf(0)
                    : digits.equals("*") ? wholeArgument() : Integer.valueOf(digits);
            if (given == null) {
                out.append("%!(BADPREC)");
            } else if (given >= 0) {
                verb.precision(given);
            }
        }
        good &= jump(directive.group(6));
        if (directive.group(7) == null) {
            out.append("%!(NOVERB)");
            return;
        }
        int letter = text.codePointBefore(text.length());
        if (letter == '%') {
            out.append("%");
        } else if (!good) {
            out.append("%!").append(Character.toString(letter)).append("(BADINDEX)");
        } else if (next >= arguments.size()) {
            out.append("%!").append(Character.toString(letter)).append("(MISSING)");
        } else {
            verb.append(letter, arguments.get(next++), out);
        }
    }

    /** Goes to the argument of an index {@code [n]}; false if there is no such argument. */
    private boolean jump(@Nullable String index) {
        if (index == null) {
            return true;
        }
        reordered = true;
        int argument = Integer.parseInt(index.substring(1, index.length() - 1)) - 1;
        if (argument < 0 || argument >= arguments.size()) {
            return false;
        }
        next = argument;
        return true;
    }

    private @Nullable Integer wholeArgument() {
        Value value = next < arguments.size() ? arguments.get(next++) : new Value.Nothing();
        return value instanceof Value.Whole whole && Math.abs(whole.value()) <= 1_000_000 ? (int) whole.value() : null;
    }

    private void appendExtra() throws RenderFailure {
        if (reordered || next >= arguments.size()) {
            return;
        }
        String separator = "%!(EXTRA ";
        for (Value extra : arguments.subList(next, arguments.size())) {
            out.append(separator).append(extra.goType());
            if (!(extra instanceof Value.Nothing)) {
                GoPrint.append(extra, out.append("="));
            }
            separator = ", ";
        }
        out.append(")");
    }
}
