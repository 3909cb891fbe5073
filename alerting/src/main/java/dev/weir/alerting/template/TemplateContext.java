package dev.weir.alerting.template;

import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.Expr;
import java.util.List;

/** What a template can read apart from the alert itself. */
public record TemplateContext(External external, Query query) {
    /** No external labels, and queries that find nothing. */
    public static final TemplateContext NONE = new TemplateContext(External.NONE, expr -> List.of());

    /** Evaluates an expression at the tick of the alert. */
    @FunctionalInterface
    public interface Query {
        /**
         * The samples in the order of their labels.
         *
         * @throws EvaluationException if the series that are there do not permit it
         */
        List<Sample> samples(Expr expr);
    }
}
