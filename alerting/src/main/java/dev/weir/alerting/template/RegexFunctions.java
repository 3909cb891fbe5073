package dev.weir.alerting.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.alerting.promql.RegexSize;

/**
 * {@code match} and {@code reReplaceAll}: RE2, so their time is linear in the text. Bounds: patterns of {@value
 * #MAX_LENGTH} characters and {@value #MAX_SIZE} parts, see {@link RegexSize}.
 */
final class RegexFunctions {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_SIZE = 10_000;
    private static final int STEPS_A_UNIT = 1_000;
    private static final java.util.regex.Pattern REFERENCE =
            java.util.regex.Pattern.compile("\\$(?:(\\$)|\\{(\\w+)\\}|(\\w+))");

    private RegexFunctions() {}

    static Value match(FunctionCall call) throws RenderFailure {
        String text = call.text(1);
        return new Value.Flag(compile(call, text).matcher(text).find());
    }

    /** Replaces as Go does: an empty match right behind another is none. */
    static Value replaceAll(FunctionCall call) throws RenderFailure {
        String text = call.text(2);
        String replacement = call.text(1);
        Matcher matcher = compile(call, text).matcher(text);
        BoundedText out = new BoundedText();
        int copied = 0;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            out.append(text.substring(copied, matcher.start()));
            if (matcher.end() > copied || matcher.start() == 0) {
                expand(replacement, matcher, out);
            }
            copied = matcher.end();
            from = Math.max(copied, from + 1);
        }
        out.append(text.substring(copied));
        return new Value.Text(out.toString());
    }

    private static void expand(String replacement, Matcher matcher, BoundedText out) throws RenderFailure {
        java.util.regex.Matcher reference = REFERENCE.matcher(replacement);
        int copied = 0;
        while (reference.find()) {
            out.append(replacement.substring(copied, reference.start()));
            copied = reference.end();
            String name = reference.group(2) == null ? reference.group(3) : reference.group(2);
            out.append(name == null ? "$" : group(name, matcher));
        }
        out.append(replacement.substring(copied));
    }

    /** The text of a group; empty if there is no such group or it has matched nothing. */
    private static String group(String name, Matcher matcher) {
        try {
            String text = name.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? matcher.group(Integer.parseInt(name))
                    : matcher.group(name);
            return text == null ? "" : text;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return "";
        }
    }

    private static Pattern compile(FunctionCall call, String text) throws RenderFailure {
        String pattern = call.text(0);
        if (pattern.length() > MAX_LENGTH) {
            throw call.failure("pattern has " + pattern.length() + " characters, must have at most " + MAX_LENGTH);
        }
        double size = RegexSize.of(pattern);
        if (size > MAX_SIZE) {
            throw call.failure("pattern unfolds to " + (long) size + " parts, must be at most " + MAX_SIZE);
        }
        call.work().spend((long) (size * (text.length() + 1) / STEPS_A_UNIT));
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw call.failure(String.valueOf(e.getMessage()));
        }
    }
}
