package dev.weir.alerting.promql;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.Expr.Subquery;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an expression on one line, in the spelling of Prometheus' own formatter. */
public final class ExprText {
    private ExprText() {}

    public static String of(Expr expr) {
        if (expr instanceof Subquery subquery) {
            return of(subquery.inner()) + head(subquery);
        } else if (expr instanceof Call call) {
            return head(call) + "("
                    + call.arguments().stream().map(ExprText::of).collect(Collectors.joining(", ")) + ")";
        } else if (expr instanceof Aggregation aggregation) {
            Expr parameter = aggregation.parameter();
            String first = parameter == null ? "" : of(parameter) + ", ";
            return head(aggregation) + " (" + first + of(aggregation.argument()) + ")";
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
            return selection(selector) + moved(selector.offset(), selector.at());
        } else if (expr instanceof RangeSelector range) {
            VectorSelector selector = range.selector();
            String span = "[" + PromDuration.format(range.range()) + "]";
            return selection(selector) + span + moved(selector.offset(), selector.at());
        } else if (expr instanceof Subquery subquery) {
            Duration step = subquery.step();
            String span = PromDuration.format(subquery.range()) + ":" + (step == null ? "" : PromDuration.format(step));
            return "[" + span + "]" + moved(subquery.offset(), subquery.at());
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

    private static String selection(VectorSelector selector) {
        String matchers = selector.matchers().isEmpty() && !selector.metric().isEmpty()
                ? ""
                : selector.matchers().stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}"));
        return selector.metric() + matchers;
    }

    private static String moved(Duration offset, @Nullable AtModifier at) {
        String pinned = at == null ? "" : " @ " + instant(at);
        if (offset.isZero()) {
            return pinned;
        }
        return pinned + " offset " + (offset.isNegative() ? "-" : "") + PromDuration.format(offset.abs());
    }

    private static String instant(AtModifier at) {
        if (at instanceof AtModifier.Timestamp timestamp) {
            return number(timestamp.seconds());
        }
        return at instanceof AtModifier.Start ? "start()" : "end()";
    }

    private static String grouping(Grouping grouping) {
        return grouping.equals(Grouping.ALL_TOGETHER)
                ? ""
                : (grouping.by() ? " by (" : " without (") + String.join(", ", grouping.labels()) + ")";
    }

    private static String matching(VectorMatching matching) {
        if (matching.equals(VectorMatching.ALL_LABELS)) {
            return "";
        }
        String by = (matching.on() ? " on (" : " ignoring (") + String.join(", ", matching.labels()) + ")";
        return switch (matching.cardinality()) {
            case ONE_TO_ONE -> by;
            case MANY_TO_ONE -> by + " group_left (" + String.join(", ", matching.included()) + ")";
            case ONE_TO_MANY -> by + " group_right (" + String.join(", ", matching.included()) + ")";
        };
    }
}
