package dev.weir.alerting.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.promql.Expr.Aggregation;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Call;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.Parentheses;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.VectorSelector;
import java.util.stream.Collectors;
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
        assertThat(shape(PromqlParser.parse(text))).isEqualTo(shape.replace("([a or b])", "[(a or b)]"));
    }

    @Test
    void numbersAreReadInAllNotations() {
        assertThat(number("1e3")).isEqualTo(1000);
        assertThat(number(".5")).isEqualTo(0.5);
        assertThat(number("5.")).isEqualTo(5);
        assertThat(number("0x1F")).isEqualTo(31);
        assertThat(number("inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(number("NaN")).isNaN();
    }

    @Test
    void stringsKnowGoEscapes() {
        VectorSelector selector = (VectorSelector)
                PromqlParser.parse("x{a=\"\\t\\x41\\101\\u00e9\\U0001F600\\\"\", b='it\\'s', c=`\\n`}");
        assertThat(selector.matchers()).extracting(LabelMatcher::value).containsExactly("\tAAé😀\"", "it's", "\\n");
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
        } else if (expr instanceof VectorSelector selector) {
            return selector.metric()
                    + (selector.matchers().isEmpty()
                            ? ""
                            : selector.matchers().stream()
                                    .map(LabelMatcher::toString)
                                    .collect(Collectors.joining(", ", "{", "}")));
        } else if (expr instanceof RangeSelector range) {
            return shape(range.selector()) + "[" + PromDuration.format(range.range()) + "]";
        } else if (expr instanceof Call call) {
            return call.function().symbol()
                    + call.arguments().stream()
                            .map(PromqlParserTest::shape)
                            .collect(Collectors.joining(", ", "(", ")"));
        } else if (expr instanceof Aggregation aggregation) {
            return aggregation.operator().symbol() + (aggregation.grouping().by() ? " by" : " without")
                    + aggregation.grouping().labels() + " " + shape(aggregation.argument());
        } else if (expr instanceof Negation negation) {
            return "-" + shape(negation.operand());
        } else if (expr instanceof Parentheses parentheses) {
            return "[" + shape(parentheses.inner()) + "]";
        }
        Binary binary = (Binary) expr;
        VectorMatching matching = binary.matching();
        String labels = matching.equals(VectorMatching.ALL_LABELS)
                ? ""
                : " " + (matching.on() ? "on" : "ignoring") + matching.labels();
        return "(" + shape(binary.left()) + " " + binary.operator().symbol() + (binary.bool() ? " bool" : "") + labels
                + " " + shape(binary.right()) + ")";
    }
}
