package dev.weir.alerting.template;

import dev.weir.alerting.promql.PromqlException;
import dev.weir.alerting.promql.StringLexeme;
import dev.weir.alerting.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a template into tokens, as Go's text/template does. */
final class TemplateLexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Pattern COMMENT = Pattern.compile("(?:-\\s)?/\\*(?s:.*?)\\*/(\\s-)?\\}\\}");
    private static final Pattern COMMENT_START = Pattern.compile("(?:-\\s)?/\\*");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");
    private static final Pattern WORD = Pattern.compile("([.$]?)([\\p{L}_][\\p{L}\\p{Nd}_]*)");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F_]*(?:\\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]+)?"
                    + "|0[bB][01_]+|0[oO][0-7_]+|(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?)i?");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int parentheses;

    private TemplateLexer(String source) {
        this.source = source;
    }

    /**
     * The tokens of a template; the last is the end.
     *
     * @throws TemplateException if there is an action without an end, or something in one that is no token
     */
    static List<Token> tokens(String source) {
        TemplateLexer lexer = new TemplateLexer(source);
        boolean trim = false;
        while (lexer.at < source.length()) {
            trim = lexer.readText(trim) && lexer.readAction();
        }
        lexer.add(Kind.END, "", source.length(), false);
        return lexer.tokens;
    }

    /** Reads up to the next action; false if there is none. */
    private boolean readText(boolean trimLeading) {
        int open = source.indexOf(OPEN, at);
        int end = open < 0 ? source.length() : open;
        boolean trimTrailing = open >= 0
                && source.startsWith("-", open + 2)
                && open + 3 < source.length()
                && isBlank(source.charAt(open + 3));
        int from = at;
        int to = end;
        while (trimLeading && from < to && isBlank(source.charAt(from))) {
            from++;
        }
        while (trimTrailing && to > from && isBlank(source.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            add(Kind.TEXT, source.substring(from, to), from, false);
        }
        at = open < 0 ? end : open + 2;
        return open >= 0;
    }

    /** Reads an action behind its opening braces; true if it trims the text that follows. */
    private boolean readAction() {
        int open = at - 2;
        if (looksAt(COMMENT_START) != null) {
            return readComment(open);
        }
        add(Kind.OPEN, OPEN, open, false);
        parentheses = 0;
        if (source.startsWith("-", at) && at + 1 < source.length() && isBlank(source.charAt(at + 1))) {
            at++;
        }
        while (true) {
            Matcher blanks = looksAt(BLANKS);
            int next = blanks == null ? at : blanks.end();
            boolean spaced = next > at;
            boolean trims = spaced && source.startsWith("-" + CLOSE, next);
            if (trims || source.startsWith(CLOSE, next)) {
                return close(trims ? next + 1 : next, spaced, trims);
            }
            if (next >= source.length()) {
                throw new TemplateException(open, "unclosed action");
            }
            at = next;
            readToken(spaced);
        }
    }

    private boolean readComment(int open) {
        Matcher comment = looksAt(COMMENT);
        if (comment == null) {
            boolean closed = source.indexOf("*/", at) >= 0;
            throw new TemplateException(open, closed ? "comment ends before closing delimiter" : "unclosed comment");
        }
        at = comment.end();
        return comment.group(1) != null;
    }

    private boolean close(int offset, boolean spaced, boolean trims) {
        if (parentheses > 0) {
            throw new TemplateException(offset, "unclosed left parenthesis");
        }
        add(Kind.CLOSE, CLOSE, offset, spaced);
        at = offset + 2;
        return trims;
    }

    private void readToken(boolean spaced) {
        int start = at;
        char c = source.charAt(start);
        Matcher word = looksAt(WORD);
        Matcher number = looksAt(NUMBER);
        if (word != null) {
            String prefix = word.group(1);
            boolean field = prefix.equals(".");
            Kind kind = field ? Kind.FIELD : prefix.isEmpty() ? Kind.WORD : Kind.VARIABLE;
            take(kind, field ? word.group(2) : word.group(), word.end(), spaced);
        } else if (number != null) {
            take(Kind.NUMBER, number.group(), number.end(), spaced);
        } else if (c == '"' || c == '`' || c == '\'') {
            readQuoted(c, spaced);
        } else if (source.startsWith(":=", start)) {
            take(Kind.DECLARE, ":=", start + 2, spaced);
        } else {
            Kind kind = switch (c) {
                case '.' -> Kind.DOT;
                case '$' -> Kind.VARIABLE;
                case '|' -> Kind.PIPE;
                case '=' -> Kind.ASSIGN;
                case ',' -> Kind.COMMA;
                case '(' -> Kind.LEFT_PARENTHESIS;
                case ')' -> Kind.RIGHT_PARENTHESIS;
                default ->
                    throw new TemplateException(
                            start, "unexpected \"" + Character.toString(source.codePointAt(start)) + "\" in action");
            };
            parentheses += kind == Kind.LEFT_PARENTHESIS ? 1 : kind == Kind.RIGHT_PARENTHESIS ? -1 : 0;
            if (parentheses < 0) {
                throw new TemplateException(start, "unexpected right parenthesis");
            }
            take(kind, String.valueOf(c), start + 1, spaced);
        }
    }

    private void readQuoted(char quote, boolean spaced) {
        try {
            StringLexeme lexeme = StringLexeme.read(source, at);
            take(quote == '\'' ? Kind.CHARACTER : Kind.STRING, lexeme.content(), lexeme.end(), spaced);
        } catch (PromqlException e) {
            throw new TemplateException(e.position().offset(), e.fault());
        }
    }

    private void take(Kind kind, String text, int end, boolean spaced) {
        add(kind, text, at, spaced);
        at = end;
    }

    private void add(Kind kind, String text, int offset, boolean spaced) {
        tokens.add(new Token(kind, text, offset, spaced));
    }

    private @Nullable Matcher looksAt(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length());
        return matcher.lookingAt() ? matcher : null;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
