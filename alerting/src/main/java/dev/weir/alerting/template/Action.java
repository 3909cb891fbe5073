package dev.weir.alerting.template;

import java.util.Optional;

/**
 * What stands between <code>{{</code> and <code>}}</code>: a pipeline, or nothing for a comment.
 *
 * @param end offset behind the closing braces
 * @param trimsAfter true if it ends with <code>-}}</code>, which swallows the blanks that follow
 */
record Action(Optional<Pipeline> pipeline, int end, boolean trimsAfter) {
    static Action read(String source, int open) {
        int start = open + (source.startsWith("{{- ", open) ? 3 : 2);
        return source.startsWith("/*", start) || (source.startsWith(" /*", start) && start == open + 3)
                ? comment(source, open, source.indexOf("/*", start))
                : pipeline(source, open, start);
    }

    private static Action comment(String source, int open, int start) {
        int end = source.indexOf("*/", start + 2);
        if (end < 0) {
            throw new TemplateException(open, "unclosed comment");
        }
        if (source.startsWith(" -}}", end + 2)) {
            return new Action(Optional.empty(), end + 6, true);
        }
        if (source.startsWith("}}", end + 2)) {
            return new Action(Optional.empty(), end + 4, false);
        }
        throw new TemplateException(end, "comment ends before closing delimiter");
    }

    private static Action pipeline(String source, int open, int start) {
        int close = closing(source, open, start);
        boolean trims = source.startsWith(" -", close - 2);
        Pipeline pipeline = new PipelineParser(source, start, trims ? close - 2 : close).parse();
        return new Action(Optional.of(pipeline), close + 2, trims);
    }

    /** Offset of the closing braces; those inside a quoted text do not count. */
    private static int closing(String source, int open, int start) {
        char quote = 0;
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote == '"') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '`') {
                quote = c;
            } else if (source.startsWith("}}", i)) {
                return i;
            }
        }
        throw new TemplateException(open, "unclosed action");
    }
}
