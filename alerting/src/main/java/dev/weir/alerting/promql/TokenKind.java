package dev.weir.alerting.promql;

/** Kind of a lexical token, with the words an error message uses for it. */
enum TokenKind {
    END("end of input"),
    IDENTIFIER("identifier"),
    NUMBER("number"),
    DURATION("duration"),
    STRING("string"),
    LEFT_PAREN("\"(\""),
    RIGHT_PAREN("\")\""),
    LEFT_BRACE("\"{\""),
    RIGHT_BRACE("\"}\""),
    LEFT_BRACKET("\"[\""),
    RIGHT_BRACKET("\"]\""),
    COMMA("\",\""),
    COLON("\":\""),
    AT("\"@\""),
    ASSIGN("\"=\""),
    MATCHES("\"=~\""),
    MATCHES_NOT("\"!~\""),
    OPERATOR("operator");

    private final String words;

    TokenKind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
