package dev.weir.alerting.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an expression as tokens; white space and {@code # comments} are dropped. */
final class Lexer {
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:ms|[smhdwy]))+");
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F]+|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean inBrackets;
    private Position known = Position.START;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        return new Lexer(text).read();
    }

    private List<Token> read() {
        while (true) {
            skipBlanks();
            if (at == text.length()) {
                tokens.add(new Token(TokenKind.END, "", position()));
                return tokens;
            }
            readToken(text.charAt(at));
        }
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void readToken(char c) {
        if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            readNumber();
        } else if (isNameStart(c) && !(c == ':' && inBrackets)) {
            readName();
        } else if (c == '"' || c == '\'' || c == '`') {
            readString();
        } else {
            readSymbol(c);
        }
    }

    private void readNumber() {
        Matcher duration = DURATION.matcher(text).region(at, text.length());
        if (duration.lookingAt() && !isNamePartAt(duration.end())) {
            add(TokenKind.DURATION, duration.end());
            return;
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt() && !isNamePartAt(number.end())) {
            add(TokenKind.NUMBER, number.end());
            return;
        }
        int end = at;
        while (isNamePartAt(end) || (end < text.length() && text.charAt(end) == '.')) {
            end++;
        }
        throw new PromqlException(position(), "bad number or duration syntax: \"" + text.substring(at, end) + "\"");
    }

    private void readName() {
        int end = at;
        while (isNamePartAt(end) || (!inBrackets && end < text.length() && text.charAt(end) == ':')) {
            end++;
        }
        String name = text.substring(at, end);
        boolean number = name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("nan");
        add(number ? TokenKind.NUMBER : TokenKind.IDENTIFIER, end);
    }

    private void readString() {
        StringLexeme lexeme = StringLexeme.read(text, at);
        tokens.add(new Token(TokenKind.STRING, lexeme.content(), position()));
        at = lexeme.end();
    }

    private void readSymbol(char c) {
        String two = at + 1 < text.length() ? text.substring(at, at + 2) : "";
        switch (two) {
            case "=~" -> add(TokenKind.MATCHES, at + 2);
            case "!~" -> add(TokenKind.MATCHES_NOT, at + 2);
            case "==", "!=", "<=", ">=" -> add(TokenKind.OPERATOR, at + 2);
            default -> readSingle(c);
        }
    }

    private void readSingle(char c) {
        switch (c) {
            case '(' -> add(TokenKind.LEFT_PAREN, at + 1);
            case ')' -> add(TokenKind.RIGHT_PAREN, at + 1);
            case '{' -> add(TokenKind.LEFT_BRACE, at + 1);
            case '}' -> add(TokenKind.RIGHT_BRACE, at + 1);
            case '[' -> {
                inBrackets = true;
                add(TokenKind.LEFT_BRACKET, at + 1);
            }
            case ']' -> {
                inBrackets = false;
                add(TokenKind.RIGHT_BRACKET, at + 1);
            }
            case ',' -> add(TokenKind.COMMA, at + 1);
            case ':' -> add(TokenKind.COLON, at + 1);
            case '@' -> add(TokenKind.AT, at + 1);
            case '=' -> add(TokenKind.ASSIGN, at + 1);
            case '+', '-', '*', '/', '%', '^', '<', '>' -> add(TokenKind.OPERATOR, at + 1);
            default -> throw new PromqlException(position(), "unexpected character: '" + characterAt() + "'");
        }
    }

    private void add(TokenKind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end), position()));
        at = end;
    }

    private Position position() {
        known = known.advancedTo(text, at);
        return known;
    }

    private String characterAt() {
        return new String(Character.toChars(text.codePointAt(at)));
    }

    private boolean isNamePartAt(int index) {
        return index < text.length() && (isLetter(text.charAt(index)) || isDigit(text.charAt(index)));
    }

    private static boolean isNameStart(char c) {
        return isLetter(c) || c == ':';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
