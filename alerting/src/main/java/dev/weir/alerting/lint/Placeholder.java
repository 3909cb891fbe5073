package dev.weir.alerting.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between <code>{{</code> and <code>}}</code> in a text, and the text up to the next one.
 *
 * @param offset where it begins in the text
 */
record Placeholder(String content, int offset, String behind) {
    private static final Pattern SYNTAX = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\$value\\b|(^|[\\s(])\\.Value\\b");
    private static final Pattern LABEL =
            Pattern.compile("(?:\\$labels|(?<![A-Za-z0-9_])\\.Labels)\\.([A-Za-z_][A-Za-z0-9_]*)");

    static List<Placeholder> in(String text) {
        List<Placeholder> found = new ArrayList<>();
        Matcher matcher = SYNTAX.matcher(text);
        int end = 0;
        while (matcher.find(end)) {
            end = matcher.end();
            int next = text.indexOf("{{", end);
            String behind = next < 0 ? text.substring(end) : text.substring(end, next);
            found.add(new Placeholder(matcher.group(1), matcher.start(), behind));
        }
        return found;
    }

    boolean showsValue() {
        return VALUE.matcher(content).find();
    }

    boolean humanizesPercentage() {
        return content.contains("humanizePercentage");
    }

    /** True if a percent sign follows the value. */
    boolean percentSign() {
        return behind.stripLeading().startsWith("%") || content.contains("%%");
    }

    /** Names of the labels of the sample that it shows. */
    List<String> labels() {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(content);
        while (matcher.find()) {
            labels.add(matcher.group(1));
        }
        return labels;
    }
}
