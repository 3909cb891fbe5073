package dev.weir.alerting.template;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.template.TemplateFunction.RenderFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Text with pipelines in it. Parsing finds every fault of syntax and every unknown name; rendering is total: where a
 * value does not suit a function the whole text becomes {@code <error expanding template: …>}, as in Prometheus.
 */
public final class Template {
    private final String source;
    private final List<Part> parts;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if its syntax is wrong or it uses something that is not supported
     */
    public static Template parse(String source) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        boolean trimNext = false;
        while (true) {
            int open = source.indexOf("{{", at);
            String text = open < 0 ? source.substring(at) : source.substring(at, open);
            boolean trimThis = open >= 0 && source.startsWith("{{- ", open);
            addText(parts, trimNext ? text.stripLeading() : text, trimThis);
            if (open < 0) {
                return new Template(source, List.copyOf(parts));
            }
            Action action = Action.read(source, open);
            action.pipeline().ifPresent(pipeline -> parts.add(new Part.Inserted(pipeline)));
            trimNext = action.trimsAfter();
            at = action.end();
        }
    }

    private static void addText(List<Part> parts, String text, boolean trimTrailing) {
        String kept = trimTrailing ? text.stripTrailing() : text;
        if (!kept.isEmpty()) {
            parts.add(new Part.Plain(kept));
        }
    }

    public String render(TemplateData data) {
        StringBuilder out = new StringBuilder();
        try {
            for (Part part : parts) {
                if (part instanceof Part.Plain plain) {
                    out.append(plain.text());
                } else if (part instanceof Part.Inserted inserted) {
                    out.append(inserted.pipeline().evaluate(data).text());
                }
            }
        } catch (RenderFailure e) {
            return "<error expanding template: " + e.getMessage() + ">";
        }
        return out.toString();
    }

    /** The expressions that it evaluates with {@code query}. */
    public List<Expr> queries() {
        return List.of();
    }

    /** The text it was read from. */
    public String source() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template && template.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }

    /** Piece of a template. */
    private sealed interface Part {
        /** Text as it stands. */
        record Plain(String text) implements Part {}

        /** Result of a pipeline. */
        record Inserted(Pipeline pipeline) implements Part {}
    }
}
