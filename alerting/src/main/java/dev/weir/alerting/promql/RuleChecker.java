package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.util.List;

/** Finds, when a rule is loaded, what could only fail or be empty whenever it is evaluated. */
final class RuleChecker {
    private static final String OUTCOME = "outcome";
    private static final String METRIC_NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL_NAME = "[a-zA-Z_][a-zA-Z0-9_]*";

    private RuleChecker() {}

    static void check(Expr root) {
        root.forEach(RuleChecker::visit);
    }

    private static void visit(Expr expr) {
        if (expr instanceof Call call) {
            checkCall(call);
        } else if (expr instanceof Aggregation aggregation) {
            checkAggregation(aggregation);
        } else if (expr instanceof VectorSelector selector
                && !selector.metric().isEmpty()
                && !selector.metric().matches(METRIC_NAME)) {
            throw new PromqlException(
                    selector.position(), "metric name is \"" + selector.metric() + "\", must match " + METRIC_NAME);
        }
    }

    private static void checkCall(Call call) {
        List<Expr> arguments = call.arguments();
        switch (call.function()) {
            case HISTOGRAM_QUANTILE -> BucketRates.check(arguments.get(1));
            case LABEL_REPLACE -> {
                checkLabel(arguments.get(1), "destination label name in label_replace()");
                checkRegex(arguments.get(4));
            }
            case LABEL_JOIN -> {
                checkLabel(arguments.get(1), "destination label name in label_join()");
                arguments.stream().skip(3).forEach(source -> checkLabel(source, "source label name in label_join()"));
            }
            default -> {}
        }
    }

    private static void checkAggregation(Aggregation aggregation) {
        Expr parameter = aggregation.parameter();
        if (aggregation.operator() == AggregationOperator.COUNT_VALUES && parameter != null) {
            checkLabel(parameter, "label name");
        }
        checkOutcome(aggregation);
    }

    /** Counts have the label outcome only where a matcher asks for it; a group by it would silently be the total. */
    private static void checkOutcome(Aggregation aggregation) {
        if (!aggregation.grouping().by() || !aggregation.grouping().keeps(OUTCOME)) {
            return;
        }
        aggregation.argument().forEach(part -> {
            if (part instanceof VectorSelector selector
                    && selector.matchers().stream()
                            .noneMatch(matcher -> matcher.label().equals(OUTCOME))) {
                throw new PromqlException(
                        selector.position(),
                        "a group by outcome needs a matcher on it in each selector, such as {outcome=~\".+\"}");
            }
        });
    }

    private static void checkLabel(Expr text, String what) {
        if (text.unwrapped() instanceof StringLiteral label && !label.value().matches(LABEL_NAME)) {
            throw new PromqlException(text.position(), "invalid " + what + ": \"" + label.value() + "\"");
        }
    }

    private static void checkRegex(Expr text) {
        if (text.unwrapped() instanceof StringLiteral regex) {
            SelectorParser.checkRegex(regex.value(), regex.position());
        }
    }
}
