package dev.weir.alerting.eval;

import com.google.re2j.Matcher;

/** Replacement text of a regular expression in Go's notation: {@code $1}, {@code ${1}}, {@code $name}, {@code $$}. */
final class RegexTemplate {
    private RegexTemplate() {}

    /** The text with what the groups matched; nothing for a group that is not there. */
    static String expand(String template, Matcher matcher) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$') {
                out.append(c);
                at++;
            } else if (template.startsWith("$$", at)) {
                out.append('$');
                at += 2;
            } else {
                at = expandGroup(template, at, matcher, out);
            }
        }
        return out.toString();
    }

    /** As in Go, a malformed reference stays as it is. */
    private static int expandGroup(String template, int dollar, Matcher matcher, StringBuilder out) {
        boolean braces = template.startsWith("${", dollar);
        int start = dollar + (braces ? 2 : 1);
        int end = start;
        while (end < template.length() && isNamePart(template.codePointAt(end))) {
            end += Character.charCount(template.codePointAt(end));
        }
        boolean closed = !braces || (end < template.length() && template.charAt(end) == '}');
        if (end == start || !closed) {
            out.append('$');
            return dollar + 1;
        }
        out.append(group(template.substring(start, end), matcher));
        return braces ? end + 1 : end;
    }

    private static String group(String name, Matcher matcher) {
        boolean leadingZero = name.length() > 1 && name.charAt(0) == '0';
        boolean number = !leadingZero && name.chars().allMatch(c -> c >= '0' && c <= '9');
        int group = number ? number(name) : matcher.pattern().namedGroups().getOrDefault(name, Integer.MAX_VALUE);
        if (group > matcher.groupCount()) {
            return "";
        }
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    private static int number(String digits) {
        return digits.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static boolean isNamePart(int codePoint) {
        return codePoint == '_' || Character.isLetterOrDigit(codePoint);
    }
}
