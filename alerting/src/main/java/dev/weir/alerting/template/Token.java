package dev.weir.alerting.template;

/**
 * Piece of a template.
 *
 * @param text as it stands in the template; of a string what is in the quotes, of a field or plain text what it says
 * @param spaced true if a blank stands before it
 */
record Token(Kind kind, String text, int offset, boolean spaced) {
    /** What a token is. */
    enum Kind {
        /** Outside of all actions; blanks that an action trims are gone. */
        TEXT,
        OPEN,
        CLOSE,
        WORD,
        /** A dot and a name. */
        FIELD,
        DOT,
        /** A dollar sign, and a name or nothing. */
        VARIABLE,
        STRING,
        CHARACTER,
        NUMBER,
        PIPE,
        DECLARE,
        ASSIGN,
        COMMA,
        LEFT_PARENTHESIS,
        RIGHT_PARENTHESIS,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    String describe() {
        return switch (kind) {
            case END -> "end of the template";
            case CLOSE -> "\"}}\"";
            case OPEN -> "\"{{\"";
            case FIELD -> "\"." + text + "\"";
            default -> "\"" + text + "\"";
        };
    }
}
