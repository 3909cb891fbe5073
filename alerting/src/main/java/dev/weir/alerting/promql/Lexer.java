package dev.weir.alerting.promql;

import java.util.ArrayList;
import java.util.List;

/** Reads an expression as tokens; white space and {@code # comments} are dropped. */
final class Lexer {
    private static final int MAX_LENGTH = 65_536;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean inBrackets;
    private boolean inBraces;
    private Position known = Position.START;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new PromqlException(
                    Position.START, "expression has " + text.length() + " characters, must be at most " + MAX_LENGTH);
        }
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
        int duration = durationEnd();
        int number = numberEnd();
        if (duration > at && !isNamePartAt(duration)) {
            add(TokenKind.DURATION, duration);
        } else if (!isNamePartAt(number)) {
            add(TokenKind.NUMBER, number);
        } else {
            int end = number;
            while (isNamePartAt(end) || isAt(end, ".")) {
                end++;
            }
            throw new PromqlException(position(), "bad number or duration syntax: \"" + text.substring(at, end) + "\"");
        }
    }

    /** Behind all pairs of digits and a unit that begin here; their order is checked when the token is used. */
    private int durationEnd() {
        int end = at;
        while (true) {
            int unit = digitsEnd(end);
            if (unit == end || !isAt(unit, "smhdwy")) {
                return end;
            }
            end = text.startsWith("ms", unit) ? unit + 2 : unit + 1;
        }
    }

    private int numberEnd() {
        if (isAt(at, "0") && isAt(at + 1, "xX")) {
            int end = at + 2;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 0x80) {
                end++;
            }
            return end;
        }
        int end = digitsEnd(at);
        if (isAt(end, ".")) {
            end = digitsEnd(end + 1);
        }
        if (isAt(end, "eE")) {
            end++;
            end = digitsEnd(isAt(end, "+-") ? end + 1 : end);
        }
        return end;
    }

    private int digitsEnd(int from) {
        int end = from;
        while (isAt(end, "0123456789")) {
            end++;
        }
        return end;
    }

    private boolean isAt(int index, String anyOf) {
        return index < text.length() && anyOf.indexOf(text.charAt(index)) >= 0;
    }

    private void readName() {
        int end = at;
        while (isNamePartAt(end) || (!inBrackets && end < text.length() && text.charAt(end) == ':')) {
            end++;
        }
        String name = text.substring(at, end);
        boolean number = !inBraces && (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("nan"));
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
            case '{' -> {
                inBraces = true;
                add(TokenKind.LEFT_BRACE, at + 1);
            }
            case '}' -> {
                inBraces = false;
                add(TokenKind.RIGHT_BRACE, at + 1);
            }
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
