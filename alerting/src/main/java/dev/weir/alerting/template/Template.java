package dev.weir.alerting.template;

import dev.weir.alerting.promql.Expr;
import java.util.List;

/**
 * Text with actions in it. Parsing finds every fault of syntax and every unknown name; rendering is total: where a value
 * does not suit a function the whole text becomes {@code <error expanding template: …>}, as in Prometheus. So it does
 * beyond the bounds on the length of the text and on the work.
 */
public final class Template {
    /** No template gives more: one that would gives the text of that error. */
    public static final int MOST_CHARACTERS = BoundedText.MAX_CHARACTERS;

    private final String source;
    private final TemplateParser.Parsed parsed;

    private Template(String source, TemplateParser.Parsed parsed) {
        this.source = source;
        this.parsed = parsed;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if its syntax is wrong or it uses something that is not supported
     */
    public static Template parse(String source) {
        return new Template(source, TemplateParser.parse(source));
    }

    public String render(TemplateData data) {
        try {
            return new Execution(parsed.defined(), data).render(parsed.nodes());
        } catch (RenderFailure e) {
            return "<error expanding template: " + e.getMessage() + ">";
        }
    }

    /** The expressions that it evaluates with {@code query}. */
    public List<Expr> queries() {
        return parsed.queries();
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
}
