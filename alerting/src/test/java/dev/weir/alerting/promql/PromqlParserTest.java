package dev.weir.alerting.promql;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromqlParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3                    | (1 + (2 * 3))",
                "1 * 2 + 3                    | ((1 * 2) + 3)",
                "2 ^ 3 ^ 2                    | (2 ^ (3 ^ 2))",
                "-2 ^ 2                       | -(2 ^ 2)",
                "-a * b                       | (-a * b)",
                "a - b - c                    | ((a - b) - c)",
                "a + b > c                    | ((a + b) > c)",
                "a > b == bool c              | ((a > b) == bool c)",
                "a or b and c                 | (a or (b and c))",
                "a unless b and c             | ((a unless b) and c)",
                "a and b > c                  | (a and (b > c))",
                "(a or b) and c               | (([a or b]) and c)",
                "2 ^ -1                       | (2 ^ -1)",
                "+a                           | a",
                "a atan2 b * c                | ((a atan2 b) * c)",
                "2 ^ -1 ^ 2                   | (2 ^ -(1 ^ 2))",
                "-a offset 5m                 | -a offset 5m",
                "a + b offset 5m              | (a + b offset 5m)",
                "rate(a[5m] offset -1h)       | rate(a[5m] offset -1h)",
                "a @ 1.5 offset 1m            | a @1.5 offset 1m",
                "a offset 1m @ end()          | a @end() offset 1m",
                "rate(a[5m] @ start())        | rate(a[5m] @start())",
                "max_over_time(rate(a[5m])[1h:1m] offset 1d) | max_over_time(rate(a[5m])[1h:1m] offset 1d)",
                "min_over_time(a[1h:])        | min_over_time(a[1h:])",
                "min_over_time((a > 1)[1h:] @ 5) | min_over_time([(a > 1)][1h:] @5.0)",
                "a * on(x) group_left(y, z) b | (a * on[x] group_left[y, z] b)",
                "a * ignoring(x) group_right b | (a * ignoring[x] group_right[] b)",
                "a > bool on() b              | (a > bool on[] b)",
                "topk by (x) (3, a)           | topk by[x](3) a",
                "count_values(\"v\", a) without (b,) | count_values without[b](v) a",
                "quantile(0.5, a)             | quantile by[](0.5) a",
                "label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\") | label_replace(a, b, $1, c, (.*))",
                "time() - timestamp(a)        | (time() - timestamp(a))",
                "round(a)                     | round(a)",
                "by + on_ - offset            | ((by + on_) - offset)",
                "and and and                  | (and and and)",
                "sum by (by, on, offset) (sum) | sum by[by, on, offset] sum",
                "a{inf=\"1\", by!=\"2\",}  | a{inf=\"1\", by!=\"2\"}",
                "start + end                  | (start + end)",
                "{__name__=~\"ab.\", c=\"d\"} | {__name__=~\"ab.\", c=\"d\"}",
                "rate({__name__=\"x:y\"}[1d2h]) | rate(x:y[1d2h])",
                "a / on(x, y) b               | (a / on[x, y] b)",
                "a / ignoring(z) b            | (a / ignoring[z] b)",
                "SUM by (le,) (a)             | sum by[le] a",
                "sum(a) without (b)           | sum without[b] a",
                "sum                          | sum",
                "count(sum(a) by (b))         | count by[] sum by[b] a",
                "rate(x{a='b',c=~\"d.*\"}[1h30m]) | rate(x{a=\"b\", c=~\"d.*\"}[1h30m])",
                "{__name__=\"x\", a!=\"\"}    | x{a!=\"\"}",
                "job:x:rate5m{a!~`\\d+`}      | job:x:rate5m{a!~\"\\\\d+\"}",
                "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) | histogram_quantile(0.9, sum by[le] rate(x_bucket[5m]))",
            })
    void operatorsBindAsInPrometheus(String text, String shape) {
        // Square brackets stand for parentheses of the text, round ones for the tree.
        assertThat(shape(PromqlParser.parseSyntax(text))).isEqualTo(shape.replace("([a or b])", "[(a or b)]"));
    }

    @Test
    void numbersAreReadInAllNotations() {
        assertThat(number("1e3")).isEqualTo(1000);
        assertThat(number(".5")).isEqualTo(0.5);
        assertThat(number("5.")).isEqualTo(5);
        assertThat(number("5.e1")).isEqualTo(50);
        assertThat(number("0x1F")).isEqualTo(31);
        assertThat(number("010")).isEqualTo(8);
        assertThat(number("08")).isEqualTo(8);
        assertThat(number("010.0")).isEqualTo(10);
        assertThat(number("inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(number("+Inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(number("NaN")).isNaN();
    }

    @Test
    void stringsKnowGoEscapes() {
        VectorSelector selector = (VectorSelector)
                PromqlParser.parse("x{a=\"\\t\\x41\\101\\u00e9\\U0001F600\\\"\", b='it\\'s', c=`\\n`}");
        assertThat(selector.matchers()).extracting(LabelMatcher::value).containsExactly("\tAAé😀\"", "it's", "\\n");
        VectorSelector bytes = (VectorSelector) PromqlParser.parse("x{a=\"\\xc3\\xa9\\303\\251\"}");
        assertThat(bytes.matchers()).extracting(LabelMatcher::value).containsExactly("éé");
    }

    @Test
    void everyFunctionIsFoundByItsName() {
        for (Function function : Function.values()) {
            assertThat(Function.named(function.symbol())).contains(function);
        }
        assertThat(Function.values()).hasSize(67);
    }

    @Test
    void commentsAndLineBreaksSeparateTokens() {
        Expr expr = PromqlParser.parse("# all\nsum( # inner\n  a\n)\n> 1");
        assertThat(shape(expr)).isEqualTo("(sum by[] a > 1)");
        assertThat(((Binary) expr).right().position().toString()).isEqualTo("5:3");
    }

    @Test
    void regularExpressionsAreAnchored() {
        LabelMatcher matcher = LabelMatcher.of("code", MatchOperator.MATCHES, "5..|4");
        assertThat(matcher.matches("503")).isTrue();
        assertThat(matcher.matches("4")).isTrue();
        assertThat(matcher.matches("5030")).isFalse();
        assertThat(matcher.matches("404")).isFalse();
    }

    private static double number(String text) {
        return ((NumberLiteral) PromqlParser.parse(text)).value();
    }

    private static String shape(Expr expr) {
        if (expr instanceof NumberLiteral number) {
            return number.value() == Math.rint(number.value())
                    ? String.valueOf((long) number.value())
                    : String.valueOf(number.value());
        } else if (expr instanceof StringLiteral string) {
            return string.value();
        } else if (expr instanceof VectorSelector selector) {
            return selected(selector) + shift(selector.at(), selector.offset());
        } else if (expr instanceof RangeSelector range) {
            VectorSelector selector = range.selector();
            return selected(selector) + "[" + PromDuration.format(range.range()) + "]"
                    + shift(selector.at(), selector.offset());
        } else if (expr instanceof Subquery subquery) {
            String step = subquery.step() == null ? "" : PromDuration.format(subquery.step());
            return shape(subquery.inner()) + "[" + PromDuration.format(subquery.range()) + ":" + step + "]"
                    + shift(subquery.at(), subquery.offset());
        } else if (expr instanceof Call call) {
            return call.function().symbol()
                    + call.arguments().stream()
                            .map(PromqlParserTest::shape)
                            .collect(Collectors.joining(", ", "(", ")"));
        } else if (expr instanceof Aggregation aggregation) {
            Expr parameter = aggregation.parameter();
            return aggregation.operator().symbol() + (aggregation.grouping().by() ? " by" : " without")
                    + aggregation.grouping().labels() + (parameter == null ? "" : "(" + shape(parameter) + ")") + " "
                    + shape(aggregation.argument());
        } else if (expr instanceof Negation negation) {
            return "-" + shape(negation.operand());
        } else if (expr instanceof Parentheses parentheses) {
            return "[" + shape(parentheses.inner()) + "]";
        }
        Binary binary = (Binary) expr;
        return "(" + shape(binary.left()) + " " + binary.operator().symbol() + (binary.bool() ? " bool" : "")
                + matching(binary.matching()) + " " + shape(binary.right()) + ")";
    }

    private static String selected(VectorSelector selector) {
        return selector.metric()
                + (selector.matchers().isEmpty()
                        ? ""
                        : selector.matchers().stream()
                                .map(LabelMatcher::toString)
                                .collect(Collectors.joining(", ", "{", "}")));
    }

    private static String shift(@Nullable AtModifier at, Duration offset) {
        String instant = "";
        if (at instanceof AtModifier.Timestamp timestamp) {
            instant = " @" + timestamp.seconds();
        } else if (at != null) {
            instant = at instanceof AtModifier.Start ? " @start()" : " @end()";
        }
        String sign = offset.isNegative() ? "-" : "";
        return instant + (offset.isZero() ? "" : " offset " + sign + PromDuration.format(offset.abs()));
    }

    private static String matching(VectorMatching matching) {
        if (matching.equals(VectorMatching.ALL_LABELS)) {
            return "";
        }
        String group = switch (matching.cardinality()) {
            case ONE_TO_ONE -> "";
            case MANY_TO_ONE -> " group_left" + matching.included();
            case ONE_TO_MANY -> " group_right" + matching.included();
        };
        return " " + (matching.on() ? "on" : "ignoring") + matching.labels() + group;
    }
}
