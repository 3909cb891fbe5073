package dev.weir.alerting.template;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.PromqlException;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.alerting.template.Pipeline.Operand;
import dev.weir.alerting.template.Token.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads pipelines, {@code $x := printf "%.2f" $value | toUpper}, and knows which variables there are. */
final class PipelineParser {
    private static final int MAX_DEPTH = 50;
    private static final String QUERY = "query";
    private static final Set<Kind> OPERANDS = Set.of(
            Kind.WORD,
            Kind.FIELD,
            Kind.DOT,
            Kind.VARIABLE,
            Kind.STRING,
            Kind.CHARACTER,
            Kind.NUMBER,
            Kind.LEFT_PARENTHESIS);

    private final TokenStream tokens;
    private final List<String> variables;
    private final List<Expr> queries;
    private int depth;

    /** Adds the expressions of queries to {@code queries}. */
    PipelineParser(TokenStream tokens, Collection<String> variables, List<Expr> queries) {
        this.tokens = tokens;
        this.variables = new ArrayList<>(variables);
        this.queries = queries;
    }

    int openScope() {
        return variables.size();
    }

    /** Forgets the variables declared since the scope was opened. */
    void closeScope(int scope) {
        variables.subList(scope, variables.size()).clear();
    }

    /** A pipeline up to, not over, closing braces or parenthesis; {@code context} names it in faults. */
    Pipeline parse(String context) {
        if (++depth > MAX_DEPTH) {
            throw new TemplateException(tokens.peek().offset(), "pipeline is nested deeper than " + MAX_DEPTH);
        }
        List<String> targets = new ArrayList<>();
        boolean declares = parseTargets(context, targets);
        List<Operand> stages = new ArrayList<>();
        do {
            stages.add(parseStage(context, stages));
        } while (tokens.skip(Kind.PIPE));
        depth--;
        return new Pipeline(targets, declares, stages);
    }

    /** Reads the variables that a pipeline sets; true if it declares them. */
    private boolean parseTargets(String context, List<String> targets) {
        boolean pair = context.equals("range")
                && tokens.peek().is(Kind.VARIABLE)
                && tokens.peekSecond().is(Kind.COMMA);
        if (pair) {
            targets.add(tokens.next().text());
            tokens.next();
            if (!tokens.peek().is(Kind.VARIABLE)) {
                throw new TemplateException(tokens.peek().offset(), "range can only initialize variables");
            }
        }
        Kind second = tokens.peekSecond().kind();
        if (!tokens.peek().is(Kind.VARIABLE) || (second != Kind.DECLARE && second != Kind.ASSIGN)) {
            if (pair) {
                tokens.next();
                throw tokens.unexpected("range");
            }
            return false;
        }
        Token last = tokens.next();
        targets.add(last.text());
        boolean declares = tokens.next().is(Kind.DECLARE);
        if (declares) {
            variables.addAll(targets);
        } else {
            targets.forEach(name -> requireKnown(name, last.offset()));
        }
        return declares;
    }

    private Operand parseStage(String context, List<Operand> before) {
        Token start = tokens.peek();
        if (!OPERANDS.contains(start.kind())) {
            throw start.is(Kind.CLOSE) || start.is(Kind.RIGHT_PARENTHESIS)
                    ? new TemplateException(start.offset(), "missing value for " + context)
                    : tokens.unexpected(context);
        }
        if (start.isWord(QUERY)) {
            return parseQuery(before);
        }
        if (start.is(Kind.WORD) && !isConstant(start)) {
            tokens.next();
            TemplateFunction function = function(start);
            return call(function, start, parseArguments(), before.isEmpty() ? 0 : 1);
        }
        if (start.isWord("nil")) {
            throw new TemplateException(start.offset(), "nil is not a command");
        }
        Operand operand = parseOperand();
        List<Operand> arguments = parseArguments();
        if (!before.isEmpty() || !arguments.isEmpty()) {
            throw new TemplateException(start.offset(), "only a function takes arguments");
        }
        return operand;
    }

    private static boolean isConstant(Token word) {
        return word.isWord("true") || word.isWord("false") || word.isWord("nil");
    }

    private Operand call(TemplateFunction function, Token name, List<Operand> arguments, int piped) {
        Optional<String> fault = function.arityFault(arguments.size() + piped);
        if (fault.isPresent()) {
            throw new TemplateException(name.offset(), fault.get());
        }
        return new Operand.Call(function, arguments);
    }

    private List<Operand> parseArguments() {
        List<Operand> arguments = new ArrayList<>();
        while (OPERANDS.contains(tokens.peek().kind())) {
            if (!tokens.peek().spaced()) {
                throw tokens.unexpected("operand");
            }
            arguments.add(parseOperand());
        }
        return arguments;
    }

    private Operand parseOperand() {
        Token token = tokens.next();
        Operand operand = switch (token.kind()) {
            case DOT -> new Operand.Dot();
            case FIELD -> new Operand.Field(new Operand.Dot(), token.text());
            case VARIABLE -> {
                requireKnown(token.text(), token.offset());
                yield new Operand.Variable(token.text());
            }
            case STRING -> new Operand.Literal(new Value.Text(token.text()));
            case CHARACTER -> new Operand.Literal(character(token));
            case NUMBER -> new Operand.Literal(NumberLiteral.parse(token));
            case LEFT_PARENTHESIS -> parseNested();
            default -> word(token);
        };
        boolean literal = operand instanceof Operand.Literal || token.is(Kind.DOT);
        for (int fields = 0; tokens.peek().is(Kind.FIELD) && !tokens.peek().spaced(); fields++) {
            if (literal || fields > MAX_DEPTH) {
                throw tokens.unexpected("operand");
            }
            operand = new Operand.Field(operand, tokens.next().text());
        }
        return operand;
    }

    private Operand parseNested() {
        Pipeline inner = parse("parenthesized pipeline");
        tokens.expect(Kind.RIGHT_PARENTHESIS, "parenthesized pipeline");
        return new Operand.Nested(inner);
    }

    /** A constant, or a function without arguments. */
    private Operand word(Token word) {
        return switch (word.text()) {
            case "true" -> new Operand.Literal(new Value.Flag(true));
            case "false" -> new Operand.Literal(new Value.Flag(false));
            case "nil" -> new Operand.Literal(new Value.Nothing());
            default -> call(function(word), word, List.of(), 0);
        };
    }

    private static TemplateFunction function(Token word) {
        return TemplateFunction.named(word.text()).orElseThrow(() -> {
            String fault = word.text().equals("call") || word.text().equals("tmpl")
                    ? "function \"" + word.text() + "\" is not supported: alerts have no functions as values"
                    : "function \"" + word.text() + "\" not defined; supported are " + TemplateFunction.names();
            return new TemplateException(word.offset(), fault);
        });
    }

    /** A query whose text stands behind it or is all that comes through the pipe. */
    private Operand parseQuery(List<Operand> before) {
        Token name = tokens.next();
        Token text = tokens.peek();
        boolean behind = text.is(Kind.STRING) && before.isEmpty();
        boolean piped = before.size() == 1
                && before.get(0) instanceof Operand.Literal literal
                && literal.value() instanceof Value.Text;
        if (behind) {
            tokens.next();
        }
        if ((!behind && !piped) || OPERANDS.contains(tokens.peek().kind())) {
            throw new TemplateException(
                    name.offset(),
                    "query needs one text written out, so that what it reads is known when the rule is loaded");
        }
        String source = behind ? text.text() : ((Value.Text) ((Operand.Literal) before.get(0)).value()).text();
        try {
            Expr expr = PromqlParser.parse(source);
            queries.add(expr);
            return new Operand.Query(expr);
        } catch (PromqlException e) {
            throw new TemplateException(name.offset(), "query \"" + source + "\": " + e.getMessage());
        }
    }

    private static Value character(Token token) {
        if (token.text().codePointCount(0, token.text().length()) != 1) {
            throw new TemplateException(token.offset(), "character constant must be one character");
        }
        return new Value.Whole(token.text().codePointAt(0));
    }

    private void requireKnown(String name, int offset) {
        if (!variables.contains(name)) {
            throw new TemplateException(
                    offset,
                    "undefined variable \"" + name + "\"; there are "
                            + String.join(
                                    ", ", variables.stream().sorted().distinct().toList()));
        }
    }
}
