package dev.weir.alerting.template;

import dev.weir.alerting.template.Pipeline.Command;
import dev.weir.alerting.template.Pipeline.FunctionName;
import dev.weir.alerting.template.Pipeline.Label;
import dev.weir.alerting.template.Pipeline.Literal;
import dev.weir.alerting.template.Pipeline.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one pipeline: {@code printf "%.2f" $value | toUpper}. */
final class PipelineParser {
    private static final Pattern WORD =
            Pattern.compile("[$.]?[a-zA-Z_][a-zA-Z0-9_]*(?:\\.[a-zA-Z_][a-zA-Z0-9_]*)*|[$.]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"|`[^`]*`");
    private static final Set<String> KEYWORDS =
            Set.of("if", "else", "end", "range", "with", "define", "template", "block", "break", "continue", "nil");
    private static final int MAX_DEPTH = 50;

    private final String source;
    private final int end;
    private int at;
    private int depth;

    PipelineParser(String source, int start, int end) {
        this.source = source;
        this.at = start;
        this.end = end;
    }

    Pipeline parse() {
        Pipeline pipeline = parsePipeline();
        if (at < end) {
            throw fault("unexpected \"" + source.charAt(at) + "\" in pipeline");
        }
        return pipeline;
    }

    private Pipeline parsePipeline() {
        if (++depth > MAX_DEPTH) {
            throw fault("pipeline is nested deeper than " + MAX_DEPTH);
        }
        List<Command> commands = new ArrayList<>();
        do {
            commands.add(parseCommand(!commands.isEmpty()));
        } while (skip('|'));
        depth--;
        return new Pipeline(commands);
    }

    private Command parseCommand(boolean piped) {
        skipBlanks();
        int start = at;
        Operand head = parseOperand();
        List<Operand> arguments = new ArrayList<>();
        while (startsOperand()) {
            Operand argument = parseOperand();
            if (argument instanceof FunctionName name) {
                throw fault("function " + name.function().symbol() + " as an argument needs parentheses");
            }
            arguments.add(argument);
        }
        int given = arguments.size() + (piped ? 1 : 0);
        Optional<String> fault = head instanceof FunctionName name
                ? name.function().arityFault(given)
                : given > 0 ? Optional.of("only a function takes arguments") : Optional.empty();
        if (fault.isPresent()) {
            throw new TemplateException(start, fault.get());
        }
        return new Command(head, arguments);
    }

    private boolean startsOperand() {
        skipBlanks();
        return at < end && source.charAt(at) != '|' && source.charAt(at) != ')';
    }

    private Operand parseOperand() {
        skipBlanks();
        if (at == end) {
            throw fault("missing value for command");
        }
        if (skip('(')) {
            Pipeline inner = parsePipeline();
            if (!skip(')')) {
                throw fault("unclosed left parenthesis");
            }
            return new Pipeline.Nested(inner);
        }
        Optional<String> quoted = take(QUOTED);
        if (quoted.isPresent()) {
            return new Literal(new Value.Text(unquoted(quoted.get())));
        }
        int start = at;
        Optional<String> number = take(NUMBER);
        if (number.isPresent()) {
            return new Literal(new Value.Numeric(Double.parseDouble(number.get())));
        }
        Optional<String> word = take(WORD);
        return named(start, word.orElseThrow(() -> fault("unexpected \"" + source.charAt(at) + "\" in operand")));
    }

    private Operand named(int start, String word) {
        switch (word) {
            case "$value", ".Value" -> {
                return new Pipeline.SampleValue();
            }
            case "$labels", ".Labels" -> {
                return new Pipeline.AllLabels();
            }
            default -> {
                for (String prefix : List.of("$labels.", ".Labels.")) {
                    if (word.startsWith(prefix) && word.indexOf('.', prefix.length()) < 0) {
                        return new Label(word.substring(prefix.length()));
                    }
                }
            }
        }
        if (KEYWORDS.contains(word)) {
            throw new TemplateException(start, "\"" + word + "\" is not supported in templates; a pipeline is");
        }
        if (word.startsWith("$") || word.startsWith(".")) {
            throw new TemplateException(
                    start, "undefined variable \"" + word + "\"; there are $labels.<name> and $value");
        }
        return new FunctionName(TemplateFunction.named(word)
                .orElseThrow(() -> new TemplateException(
                        start, "function \"" + word + "\" not defined; supported are " + TemplateFunction.names())));
    }

    private String unquoted(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        if (literal.startsWith("`") || inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\') {
                i++;
                int escape = "\\\"nt".indexOf(inner.charAt(i));
                if (escape < 0) {
                    throw fault("escape \\" + inner.charAt(i) + " is not supported; there are \\\\ \\\" \\n \\t");
                }
                c = "\\\"\n\t".charAt(escape);
            }
            out.append(c);
        }
        return out.toString();
    }

    private Optional<String> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, end);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    private boolean skip(char c) {
        skipBlanks();
        if (at < end && source.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < end && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }

    private TemplateException fault(String message) {
        return new TemplateException(at, message);
    }
}
