package dev.weir.alerting.template;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Function that a pipeline may call. */
enum TemplateFunction {
    HUMANIZE("humanize"),
    HUMANIZE_1024("humanize1024"),
    HUMANIZE_DURATION("humanizeDuration"),
    HUMANIZE_PERCENTAGE("humanizePercentage"),
    PRINTF("printf"),
    TITLE("title"),
    TO_LOWER("toLower"),
    TO_UPPER("toUpper");

    private final String symbol;

    TemplateFunction(String symbol) {
        this.symbol = symbol;
    }

    static Optional<TemplateFunction> named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.symbol.equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(TemplateFunction::symbol).collect(Collectors.joining(", "));
    }

    String symbol() {
        return symbol;
    }

    /** Says what is wrong with so many arguments, piped one included; empty if nothing. */
    Optional<String> arityFault(int arguments) {
        if (this == PRINTF) {
            return arguments >= 1 ? Optional.empty() : Optional.of("printf needs a format");
        }
        return arguments == 1
                ? Optional.empty()
                : Optional.of("wrong number of args for " + symbol + ": want 1 got " + arguments);
    }

    Value apply(List<Value> arguments) throws RenderFailure {
        Value first = arguments.get(0);
        return new Value.Text(
                switch (this) {
                    case HUMANIZE -> Humanize.metric(number(first));
                    case HUMANIZE_1024 -> Humanize.binary(number(first));
                    case HUMANIZE_DURATION -> Humanize.duration(number(first));
                    case HUMANIZE_PERCENTAGE -> Humanize.percentage(number(first));
                    case PRINTF -> GoPrintf.format(string(first), arguments.subList(1, arguments.size()));
                    case TITLE -> title(string(first));
                    case TO_LOWER -> string(first).toLowerCase(Locale.ROOT);
                    case TO_UPPER -> string(first).toUpperCase(Locale.ROOT);
                });
    }

    private double number(Value value) throws RenderFailure {
        if (value instanceof Value.Numeric number) {
            return number.value();
        }
        try {
            return Double.parseDouble(value.text());
        } catch (NumberFormatException e) {
            throw new RenderFailure(symbol + " needs a number, got \"" + value.text() + "\"");
        }
    }

    private String string(Value value) throws RenderFailure {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        throw new RenderFailure(symbol + " needs a string, got " + value.goType() + " " + value.text());
    }

    /** Upper case for the first letter of each word. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? c : Character.toTitleCase(c));
            inWord = Character.isLetterOrDigit(c) || c == '_' || c == '\'';
        }
        return out.toString();
    }

    /** A function met a value it cannot take; the text of the template then says so, as Prometheus' does. */
    static final class RenderFailure extends Exception {
        private static final long serialVersionUID = 1;

        RenderFailure(String message) {
            super(message);
        }
    }
}
