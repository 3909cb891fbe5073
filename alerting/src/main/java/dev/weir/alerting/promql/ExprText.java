package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an expression on one line, in the spelling of Prometheus' own formatter. */
public final class ExprText {
    private ExprText() {}

    public static String of(Expr expr) {
        if (expr instanceof RangeSelector range) {
            return of(range.selector()) + "[" + PromDuration.format(range.range()) + "]";
        } else if (expr instanceof Call call) {
            return head(call) + "("
                    + call.arguments().stream().map(ExprText::of).collect(Collectors.joining(", ")) + ")";
        } else if (expr instanceof Aggregation aggregation) {
            return head(aggregation) + " (" + of(aggregation.argument()) + ")";
        } else if (expr instanceof Binary binary) {
            return of(binary.left()) + " " + head(binary) + " " + of(binary.right());
        } else if (expr instanceof Negation negation) {
            return "-" + of(negation.operand());
        } else if (expr instanceof Parentheses parentheses) {
            return "(" + of(parentheses.inner()) + ")";
        }
        return head(expr);
    }

    /** What stands at the node itself: an operator with its matching, a function's name; a selector or number in full. */
    public static String head(Expr expr) {
        if (expr instanceof NumberLiteral number) {
            return number(number.value());
        } else if (expr instanceof StringLiteral string) {
            return '"' + string.value() + '"';
        } else if (expr instanceof VectorSelector selector) {
            return selector.metric() + matchers(selector.matchers());
        } else if (expr instanceof RangeSelector) {
            return of(expr);
        } else if (expr instanceof Call call) {
            return call.function().symbol();
        } else if (expr instanceof Aggregation aggregation) {
            return aggregation.operator().symbol() + grouping(aggregation.grouping());
        } else if (expr instanceof Binary binary) {
            return binary.operator().symbol() + (binary.bool() ? " bool" : "") + matching(binary.matching());
        } else if (expr instanceof Negation) {
            return "-";
        }
        return "()";
    }

    /** A number without a needless fraction or exponent. */
    public static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }

    private static String matchers(List<LabelMatcher> matchers) {
        return matchers.isEmpty()
                ? ""
                : matchers.stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String grouping(Grouping grouping) {
        return grouping.equals(Grouping.ALL_TOGETHER)
                ? ""
                : (grouping.by() ? " by (" : " without (") + String.join(", ", grouping.labels()) + ")";
    }

    private static String matching(VectorMatching matching) {
        return matching.equals(VectorMatching.ALL_LABELS)
                ? ""
                : (matching.on() ? " on (" : " ignoring (") + String.join(", ", matching.labels()) + ")";
    }
}
