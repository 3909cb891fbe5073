package dev.weir.alerting.promql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromqlFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | 1:1: no expression found in input",
                "a b                       | 1:3: unexpected identifier \"b\" behind the expression",
                "sum(a                     | 1:6: unexpected end of input in sum, expected \",\"",
                "a{b}                      | 1:4: unexpected \"}\" in label matching, expected label matching operator (= != =~ !~)",
                "a{b=c}                    | 1:5: unexpected identifier \"c\" in label matching, expected string",
                "a{b=\"c}                  | 1:5: unterminated quoted string",
                "a{b=\"\\q\"}              | 1:6: unknown escape sequence '\\q' in a quoted string",
                "a{b=~\"(\"}               | 1:6: regular expression is not RE2's: error parsing regexp: missing closing ): `^(?s:()$`",
                "a[0s]                     | 1:3: duration must be greater than 0",
                "a[5]                      | 1:3: unexpected number \"5\" in range selector, expected duration",
                "rate(a[5x])               | 1:8: bad number or duration syntax: \"5x\"",
                "rate(a[5m1h])             | 1:8: not a valid duration: \"5m1h\", must be like 30s, 5m or 1h30m (y w d h m s ms, in this order)",
                "1 + § 2                   | 1:5: unexpected character: '§'",
                "rate(a)                   | 1:6: expected type range vector in call to function \"rate\", got instant vector",
                "sum(a[5m])                | 1:5: expected type instant vector in aggregation expression, got range vector",
                "sum(1)                    | 1:5: expected type instant vector in aggregation expression, got scalar",
                "rate(a[5m], 2)            | 1:1: expected 1 argument(s) in call to \"rate\", got 2",
                "sum(a, b)                 | 1:4: wrong number of arguments for aggregate expression provided, expected 1, got 2",
                "1 > 2                     | 1:1: comparisons between scalars must use BOOL modifier",
                "a + bool b                | 1:5: bool modifier can only be used on comparison operators",
                "a and 1                   | 1:1: set operator \"and\" not allowed in binary scalar expression",
                "a + on(x) 1               | 1:1: vector matching only allowed between instant vectors",
                "a[5m] + 1                 | 1:1: binary expression must contain only scalar and instant vector types",
                "-a[5m]                    | 1:1: unary expression only allowed on expressions of type scalar or instant vector, got range vector",
                "(a)[5m]                   | 1:4: ranges only allowed for vector selectors",
                "a[5m]                     | 1:1: a rule's expression must be a scalar or an instant vector, got range vector",
                "\"a\"                     | 1:1: a rule's expression must be a scalar or an instant vector, got string",
                "nosuch(a)                 | 1:1: unknown function with name \"nosuch\"; supported are absent, avg_over_time, count_over_time, histogram_quantile, increase, max_over_time, min_over_time, rate, sum_over_time",
                "irate(a[5m])              | 1:1: function irate is not supported; supported are absent, avg_over_time, count_over_time, histogram_quantile, increase, max_over_time, min_over_time, rate, sum_over_time",
                "topk(3, a)                | 1:1: aggregation topk is not supported; supported are avg, count, max, min, sum",
                "a offset 5m               | 1:3: offset is not supported; rules are evaluated at the tick alone",
                "a @ 5                     | 1:3: the @ modifier is not supported; rules are evaluated at the tick alone",
                "rate(a[5m])[5m:1m]        | 1:15: a subquery is not supported; ranges stand behind a selector: name{…}[5m]",
                "a * on(x) group_left b    | 1:11: group_left is not supported; aggregate the side with many series first: sum by (…)",
                "{a=\"b\"}                 | 1:1: a selector without a metric name is not supported; write name{…} or {__name__=\"name\"}",
                "{__name__=~\"b\"}         | 1:1: matcher __name__=~\"b\" is not supported; a selector names one metric",
                "sum by (outcome) (rate(a[5m])) | 1:24: a group by outcome needs a matcher on it in each selector, such as {outcome=~\".+\"}",
                "absent(sum(a))            | 1:8: absent of an expression is not supported; it takes a selector",
                "histogram_quantile(0.9, a) | 1:25: histogram_quantile takes rate(x_bucket[5m]) or sum by (le, …) (rate(x_bucket[5m])); anything else is not supported",
                "histogram_quantile(0.9, rate(a[5m])) | 1:30: histogram_quantile takes rate(x_bucket[5m]) or sum by (le, …) (rate(x_bucket[5m])); metric is \"a\", must end with _bucket",
                "histogram_quantile(0.9, sum(rate(a_bucket[5m]))) | 1:25: histogram_quantile takes rate(x_bucket[5m]) or sum by (le, …) (rate(x_bucket[5m])); this sum drops the label le, so no bucket is left",
            })
    void faultSaysWhereAndWhatIsAccepted(String text, String message) {
        assertThatThrownBy(() -> PromqlParser.parse(text))
                .isInstanceOf(PromqlException.class)
                .hasMessage(message);
    }

    @Test
    void lineAndColumnCountFromOne() {
        assertThatThrownBy(() -> PromqlParser.parse("a\n  > irate(b[5m])"))
                .hasMessageStartingWith("2:5: function irate");
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThatThrownBy(() -> PromqlParser.parse("(".repeat(100_000)))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining("nested deeper than 100");
        assertThatThrownBy(() -> PromqlParser.parse("-".repeat(100_000) + "1")).isInstanceOf(PromqlException.class);
        assertThatThrownBy(() -> PromqlParser.parse("1" + "+1".repeat(100_000)))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining("more than 1000 parts");
    }
}
