package dev.weir.alerting.template;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.template.Node.Flow;
import dev.weir.alerting.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the actions of a template: its own nodes and the templates that it defines. */
final class TemplateParser {
    private static final int MAX_DEPTH = 50;
    private static final Set<String> ENDS = Set.of("end", "else");

    private final TokenStream tokens;
    private final Map<String, List<Node>> defined = new HashMap<>();
    private final List<Token> invoked = new ArrayList<>();
    private final List<Expr> queries = new ArrayList<>();
    private PipelineParser pipelines;
    private int depth;
    private int ranges;

    private TemplateParser(String source) {
        tokens = new TokenStream(source);
        pipelines = new PipelineParser(
                tokens, Set.of("$", "$labels", "$externalLabels", "$externalURL", "$value"), queries);
    }

    /** What a template holds: its own nodes, those of the templates that it defines, and its queries. */
    record Parsed(List<Node> nodes, Map<String, List<Node>> defined, List<Expr> queries) {
        Parsed {
            nodes = List.copyOf(nodes);
            defined = Map.copyOf(defined);
            queries = List.copyOf(queries);
        }
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if its syntax is wrong or it uses something that is not supported
     */
    static Parsed parse(String source) {
        TemplateParser parser = new TemplateParser(source);
        List<Node> nodes = parser.parseTop();
        parser.checkInvocations();
        return new Parsed(nodes, parser.defined, parser.queries);
    }

    private List<Node> parseTop() {
        List<Node> nodes = new ArrayList<>();
        while (!tokens.peek().is(Kind.END)) {
            if (tokens.peek().is(Kind.OPEN) && tokens.peekSecond().isWord("define")) {
                parseDefine();
            } else {
                if (startsEnd()) {
                    tokens.next();
                    throw tokens.unexpected("template");
                }
                nodes.add(parseNode());
            }
        }
        return nodes;
    }

    private void checkInvocations() {
        for (Token name : invoked) {
            if (!defined.containsKey(name.text())) {
                throw new TemplateException(name.offset(), "template \"" + name.text() + "\" not defined");
            }
        }
    }

    /** Nodes up to an {@code end} or {@code else}, whose opening braces have been read then. */
    private List<Node> parseList(Token opening) {
        deepen(opening);
        List<Node> nodes = new ArrayList<>();
        while (!startsEnd()) {
            if (tokens.peek().is(Kind.END)) {
                throw new TemplateException(opening.offset(), "{{" + opening.text() + "}} has no {{end}}");
            }
            nodes.add(parseNode());
        }
        tokens.next();
        depth--;
        return nodes;
    }

    private boolean startsEnd() {
        return tokens.peek().is(Kind.OPEN)
                && tokens.peekSecond().is(Kind.WORD)
                && ENDS.contains(tokens.peekSecond().text());
    }

    private Node parseNode() {
        Token token = tokens.next();
        if (token.is(Kind.TEXT)) {
            return new Node.Plain(token.text());
        }
        Token word = tokens.peek();
        if (!word.is(Kind.WORD)) {
            return parseAction();
        }
        switch (word.text()) {
            case "if" -> {
                return parseIf();
            }
            case "with" -> {
                return parseWith();
            }
            case "range" -> {
                return parseRange();
            }
            case "template" -> {
                return parseTemplate();
            }
            case "block" -> {
                return parseBlock();
            }
            case "break", "continue" -> {
                return parseJump();
            }
            case "define" -> throw tokens.unexpected("{{define}} inside of another action");
            default -> {
                return parseAction();
            }
        }
    }

    private Node parseAction() {
        Pipeline pipeline = pipelines.parse("command");
        tokens.expect(Kind.CLOSE, "command");
        return new Node.Action(pipeline);
    }

    private Node parseIf() {
        Token opening = tokens.next();
        int scope = pipelines.openScope();
        Pipeline condition = parseHead("if");
        List<Node> then = parseList(opening);
        List<Node> otherwise = List.of();
        if (tokens.next().isWord("else")) {
            if (tokens.peek().isWord("if")) {
                deepen(opening);
                otherwise = List.of(parseIf());
                depth--;
                pipelines.closeScope(scope);
                return new Node.If(condition, then, otherwise);
            }
            otherwise = parseElse(opening);
        }
        tokens.expect(Kind.CLOSE, "end");
        pipelines.closeScope(scope);
        return new Node.If(condition, then, otherwise);
    }

    private void deepen(Token opening) {
        if (++depth > MAX_DEPTH) {
            throw new TemplateException(opening.offset(), "actions are nested deeper than " + MAX_DEPTH);
        }
    }

    private Node parseWith() {
        Token opening = tokens.next();
        int scope = pipelines.openScope();
        Pipeline value = parseHead("with");
        List<Node> then = parseList(opening);
        List<Node> otherwise = parseOtherwise(opening);
        pipelines.closeScope(scope);
        return new Node.With(value, then, otherwise);
    }

    private Node parseRange() {
        Token opening = tokens.next();
        int scope = pipelines.openScope();
        Pipeline elements = parseHead("range");
        ranges++;
        List<Node> each = parseList(opening);
        ranges--;
        List<Node> otherwise = parseOtherwise(opening);
        pipelines.closeScope(scope);
        return new Node.Range(elements, each, otherwise);
    }

    private Pipeline parseHead(String context) {
        Pipeline pipeline = pipelines.parse(context);
        tokens.expect(Kind.CLOSE, context);
        return pipeline;
    }

    /** What stands behind {@code else}, if it is there, and the end. */
    private List<Node> parseOtherwise(Token opening) {
        List<Node> otherwise = tokens.next().isWord("else") ? parseElse(opening) : List.of();
        tokens.expect(Kind.CLOSE, "end");
        return otherwise;
    }

    private List<Node> parseElse(Token opening) {
        tokens.expect(Kind.CLOSE, "else");
        List<Node> otherwise = parseList(opening);
        if (!tokens.peek().isWord("end")) {
            throw new TemplateException(tokens.peek().offset(), "expected end; found {{else}}");
        }
        tokens.next();
        return otherwise;
    }

    private Node parseTemplate() {
        tokens.next();
        Token name = tokens.expect(Kind.STRING, "template clause");
        Optional<Pipeline> dot =
                tokens.peek().is(Kind.CLOSE) ? Optional.empty() : Optional.of(pipelines.parse("template clause"));
        tokens.expect(Kind.CLOSE, "template clause");
        invoked.add(name);
        return new Node.Invoke(name.text(), dot);
    }

    private Node parseBlock() {
        Token opening = tokens.next();
        Token name = tokens.expect(Kind.STRING, "block clause");
        Pipeline dot = parseHead("block clause");
        define(name, opening);
        return new Node.Invoke(name.text(), Optional.of(dot));
    }

    private void parseDefine() {
        tokens.next();
        Token opening = tokens.next();
        Token name = tokens.expect(Kind.STRING, "define clause");
        tokens.expect(Kind.CLOSE, "define clause");
        define(name, opening);
    }

    /** Reads the body of a template, which sees none of the variables around it. */
    private void define(Token name, Token opening) {
        PipelineParser outer = pipelines;
        int outerRanges = ranges;
        pipelines = new PipelineParser(tokens, Set.of("$"), queries);
        ranges = 0;
        List<Node> body = parseList(opening);
        if (!tokens.peek().isWord("end")) {
            throw tokens.unexpected(opening.text() + " clause");
        }
        tokens.next();
        tokens.expect(Kind.CLOSE, "end");
        pipelines = outer;
        ranges = outerRanges;
        if (defined.putIfAbsent(name.text(), body) != null) {
            throw new TemplateException(name.offset(), "multiple definition of template \"" + name.text() + "\"");
        }
    }

    private Node parseJump() {
        Token word = tokens.next();
        if (ranges == 0) {
            throw new TemplateException(word.offset(), "{{" + word.text() + "}} outside {{range}}");
        }
        tokens.expect(Kind.CLOSE, "{{" + word.text() + "}}");
        return new Node.Jump(word.text().equals("break") ? Flow.BREAK : Flow.CONTINUE);
    }
}
