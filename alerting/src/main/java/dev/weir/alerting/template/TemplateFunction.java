package dev.weir.alerting.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Function that a template may call, Prometheus' and Go's; {@code query} alone is not among them, see {@link Pipeline}. */
enum TemplateFunction {
    AND("and", 1, Integer.MAX_VALUE, call -> call.argument(call.arguments().size() - 1)),
    ARGS("args", 0, Integer.MAX_VALUE, QueryFunctions::args),
    EQ("eq", 1, Integer.MAX_VALUE, call -> new Value.Flag(Comparison.isAny(call))),
    EXTERNAL_URL("externalURL", 0, 0, call -> text(call.context().external().url())),
    FIRST("first", 1, 1, QueryFunctions::first),
    GE("ge", 2, 2, call -> new Value.Flag(!Comparison.isLess(call))),
    GRAPH_LINK("graphLink", 1, 1, call -> text("/graph?g0.expr=" + GoEscape.query(call.text(0)) + "&g0.tab=0")),
    GT("gt", 2, 2, call -> new Value.Flag(!Comparison.isLess(call) && !Comparison.isEqual(call))),
    HTML("html", 0, Integer.MAX_VALUE, call -> text(GoEscape.html(GoPrint.sprint(call.arguments())))),
    HUMANIZE("humanize", 1, 1, call -> text(Humanize.metric(call.number(0)))),
    HUMANIZE_1024("humanize1024", 1, 1, call -> text(Humanize.binary(call.number(0)))),
    HUMANIZE_DURATION("humanizeDuration", 1, 1, call -> text(Humanize.duration(call.number(0)))),
    HUMANIZE_PERCENTAGE("humanizePercentage", 1, 1, call -> text(Humanize.percentage(call.number(0)))),
    HUMANIZE_TIMESTAMP("humanizeTimestamp", 1, 1, TimeFunctions::humanizeTimestamp),
    INDEX("index", 1, Integer.MAX_VALUE, CollectionFunctions::index),
    JS("js", 0, Integer.MAX_VALUE, call -> text(GoEscape.js(GoPrint.sprint(call.arguments())))),
    LABEL("label", 2, 2, call -> text(call.element(1).labels().getOrDefault(call.text(0), ""))),
    LE("le", 2, 2, call -> new Value.Flag(Comparison.isLess(call) || Comparison.isEqual(call))),
    LEN("len", 1, 1, CollectionFunctions::length),
    LT("lt", 2, 2, call -> new Value.Flag(Comparison.isLess(call))),
    MATCH("match", 2, 2, RegexFunctions::match),
    NE("ne", 2, 2, call -> new Value.Flag(!Comparison.isEqual(call))),
    NOT("not", 1, 1, call -> new Value.Flag(!call.argument(0).isTrue())),
    OR("or", 1, Integer.MAX_VALUE, call -> call.argument(call.arguments().size() - 1)),
    PARSE_DURATION("parseDuration", 1, 1, TimeFunctions::parseDuration),
    PATH_PREFIX("pathPrefix", 0, 0, TextFunctions::pathPrefix),
    PRINT("print", 0, Integer.MAX_VALUE, call -> text(GoPrint.sprint(call.arguments()))),
    PRINTF("printf", 1, Integer.MAX_VALUE, call -> text(GoPrintf.format(call.text(0), call.argumentsFrom(1)))),
    PRINTLN("println", 0, Integer.MAX_VALUE, call -> text(GoPrint.sprintln(call.arguments()))),
    RE_REPLACE_ALL("reReplaceAll", 3, 3, RegexFunctions::replaceAll),
    SAFE_HTML("safeHtml", 1, 1, call -> text(call.text(0))),
    SLICE("slice", 1, 4, CollectionFunctions::slice),
    SORT_BY_LABEL("sortByLabel", 2, 2, QueryFunctions::sortByLabel),
    STRIP_DOMAIN("stripDomain", 1, 1, call -> text(HostPort.withoutDomain(call.text(0)))),
    STRIP_PORT("stripPort", 1, 1, call -> text(HostPort.withoutPort(call.text(0)))),
    STRVALUE("strvalue", 1, 1, call -> text(call.element(0).labels().getOrDefault("__value__", ""))),
    TABLE_LINK("tableLink", 1, 1, call -> text("/graph?g0.expr=" + GoEscape.query(call.text(0)) + "&g0.tab=1")),
    TITLE("title", 1, 1, call -> text(TextFunctions.title(call.text(0)))),
    TO_LOWER("toLower", 1, 1, call -> text(TextFunctions.lower(call.text(0)))),
    TO_TIME("toTime", 1, 1, TimeFunctions::toTime),
    TO_UPPER("toUpper", 1, 1, call -> text(TextFunctions.upper(call.text(0)))),
    URLQUERY("urlquery", 0, Integer.MAX_VALUE, call -> text(GoEscape.query(GoPrint.sprint(call.arguments())))),
    VALUE("value", 1, 1, call -> new Value.Numeric(call.element(0).value()));

    private final String symbol;
    private final int fewest;
    private final int most;

    @SuppressWarnings("ImmutableEnumChecker") // Each body is a function without state.
    private final Body body;

    TemplateFunction(String symbol, int fewest, int most, Body body) {
        this.symbol = symbol;
        this.fewest = fewest;
        this.most = most;
        this.body = body;
    }

    /** What a function does. */
    @FunctionalInterface
    private interface Body {
        Value apply(FunctionCall call) throws RenderFailure;
    }

    static Optional<TemplateFunction> named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.symbol.equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(TemplateFunction::symbol).collect(Collectors.joining(", ")) + ", query";
    }

    String symbol() {
        return symbol;
    }

    /** Says what is wrong with so many arguments, piped one included; empty if nothing. */
    Optional<String> arityFault(int arguments) {
        if (arguments >= fewest && arguments <= most) {
            return Optional.empty();
        }
        String want =
                fewest == most ? String.valueOf(fewest) : arguments < fewest ? "at least " + fewest : "at most " + most;
        return Optional.of("wrong number of args for " + symbol + ": want " + want + " got " + arguments);
    }

    /** What {@code and} and {@code or} stop at: they do not evaluate what stands behind. */
    boolean endsAt(Value argument) {
        return (this == AND && !argument.isTrue()) || (this == OR && argument.isTrue());
    }

    Value apply(List<Value> arguments, TemplateContext context, Work work) throws RenderFailure {
        return body.apply(new FunctionCall(symbol, arguments, context, work));
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }
}
