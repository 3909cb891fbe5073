package dev.weir.alerting.promql;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many parts a regular expression unfolds to: {@code (a{100}){100}} to more than 10,000. RE2/J unfolds repeats when it
 * compiles, without a bound of its own, so nineteen characters can take all memory.
 */
public final class RegexSize {
    private final String regex;
    private final Deque<Double> outer = new ArrayDeque<>();
    /** Parts of the group that is being read, without its last. */
    private double before;
    /** Parts of the last literal, class or group: what a repeat multiplies. */
    private double last;

    private int at;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    /** At least the number of parts; of a malformed expression any number. */
    public static double of(String regex) {
        RegexSize size = new RegexSize(regex);
        while (size.at < regex.length()) {
            size.readPart();
        }
        while (!size.outer.isEmpty()) {
            size.closeGroup();
        }
        return size.before + size.last;
    }

    private void readPart() {
        char c = regex.charAt(at);
        at++;
        switch (c) {
            case '(' -> {
                outer.push(before + last);
                before = 1;
                last = 0;
            }
            case ')' -> closeGroup();
            case '{' -> repeat();
            case '[' -> {
                skipClass();
                add(1);
            }
            case '\\' -> readEscape();
            case '*', '+', '?' -> last++;
            default -> add(1);
        }
    }

    private void add(double parts) {
        before += last;
        last = parts;
    }

    private void closeGroup() {
        if (!outer.isEmpty()) {
            last = before + last;
            before = outer.pop();
        }
    }

    private void repeat() {
        int end = regex.indexOf('}', at);
        String counts = end < 0 ? "" : regex.substring(at, end);
        if (!counts.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            add(1);
            return;
        }
        at = end + 1;
        int comma = counts.indexOf(',');
        String most = comma < 0 || comma == counts.length() - 1 ? counts.replace(",", "") : counts.substring(comma + 1);
        last *= Math.max(1, Integer.parseInt(most)) + 1;
    }

    private void readEscape() {
        int end = regex.indexOf("\\E", at);
        if (regex.startsWith("Q", at)) {
            add(regex.length());
            at = end < 0 ? regex.length() : end + 2;
        } else {
            add(1);
            at++;
        }
    }

    /** Moves behind the closing bracket; the first character may be one itself. */
    private void skipClass() {
        at += regex.startsWith("^", at) ? 1 : 0;
        at += regex.startsWith("]", at) ? 1 : 0;
        while (at < regex.length() && regex.charAt(at) != ']') {
            int named = regex.startsWith("[:", at) ? regex.indexOf(":]", at) : -1;
            if (named > 0) {
                at = named + 2;
            } else {
                at += regex.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
    }
}
