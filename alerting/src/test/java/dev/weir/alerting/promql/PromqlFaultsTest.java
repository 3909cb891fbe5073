package dev.weir.alerting.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PromqlFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | 1:1: no expression found in input",
                "a b                       | 1:3: unexpected identifier \"b\" behind the expression",
                "sum(a                     | 1:6: unexpected end of input in sum, expected \",\"",
                "sum(a,)                   | 1:6: trailing commas not allowed in function call args",
                "sum()                     | 1:4: no arguments for aggregate expression provided",
                "a{b}                      | 1:4: unexpected \"}\" in label matching, expected label matching operator (= != =~ !~)",
                "a{b=c}                    | 1:5: unexpected identifier \"c\" in label matching, expected string",
                "a{b=\"c}                  | 1:5: unterminated quoted string",
                "a{b=\"\\q\"}              | 1:6: unknown escape sequence '\\q' in a quoted string",
                "a{b=\"\\'\"}              | 1:6: unknown escape sequence '\\'' in a quoted string",
                "a{b=\"\\400\"}            | 1:6: escape sequence is no byte",
                "a{b=\"\\uD800\"}          | 1:6: escape sequence is no Unicode code point",
                "a{b=~\"(\"}               | 1:6: regular expression is not RE2's: error parsing regexp: missing closing ): `^(?:()$`",
                "a{__name__=\"b\"}         | 1:1: metric name must not be set twice: \"a\" or \"b\"",
                "{a=\"\"}                  | 1:1: vector selector must contain at least one non-empty matcher",
                "{}                        | 1:1: vector selector must contain at least one non-empty matcher",
                "a[0s]                     | 1:3: duration must be greater than 0",
                "a[5]                      | 1:3: unexpected number \"5\" in subquery or range selector, expected duration",
                "a[5m 1m]                  | 1:6: unexpected duration \"1m\" in subquery or range, expected \":\" or \"]\"",
                "rate(a[5x])               | 1:8: bad number or duration syntax: \"5x\"",
                "rate(a[5m1h])             | 1:8: not a valid duration: \"5m1h\", must be like 30s, 5m or 1h30m (y w d h m s ms, in this order)",
                "0x + 1                    | 1:1: number is 0x, must be like 1.5, 2e9 or 0x1f, of at most 63 bits",
                "1e999 + 1                 | 1:1: number is 1e999, must fit in a double",
                "1 + § 2                   | 1:5: unexpected character: '§'",
                "a + on b                  | 1:8: unexpected identifier \"b\" in vector matching, expected \"(\"",
                "1 + bool                  | 1:5: bool modifier can only be used on comparison operators",
                "a * group_left() b        | 1:5: unexpected identifier \"group_left\" in an expression, expected a number, selector, function or \"(\"",
                "a * on(x) group_left(x) b | 1:1: label \"x\" must not occur in ON and GROUP clause at once",
                "a and on(x) group_left b  | 1:1: no grouping allowed for \"and\" operation",
                "rate(a)                   | 1:6: expected type range vector in call to function \"rate\", got instant vector",
                "sum(a[5m])                | 1:5: expected type instant vector in aggregation expression, got range vector",
                "sum(1)                    | 1:5: expected type instant vector in aggregation expression, got scalar",
                "topk(a, a)                | 1:6: expected type scalar in aggregation parameter, got instant vector",
                "count_values(1, a)        | 1:14: expected type string in aggregation parameter, got scalar",
                "rate(a[5m], 2)            | 1:1: expected 1 argument(s) in call to \"rate\", got 2",
                "round(a, 1, 2)            | 1:1: expected at most 2 argument(s) in call to \"round\", got 3",
                "round()                   | 1:1: expected at least 1 argument(s) in call to \"round\", got 0",
                "label_join(a, \"b\")      | 1:1: expected at least 3 argument(s) in call to \"label_join\", got 2",
                "sum(a, b)                 | 1:4: wrong number of arguments for aggregate expression provided, expected 1, got 2",
                "topk(a)                   | 1:5: wrong number of arguments for aggregate expression provided, expected 2, got 1",
                "1 > 2                     | 1:1: comparisons between scalars must use BOOL modifier",
                "time() > 2                | 1:1: comparisons between scalars must use BOOL modifier",
                "a + bool b                | 1:5: bool modifier can only be used on comparison operators",
                "a and 1                   | 1:1: set operator \"and\" not allowed in binary scalar expression",
                "a + on(x) 1               | 1:1: vector matching only allowed between instant vectors",
                "a[5m] + 1                 | 1:1: binary expression must contain only scalar and instant vector types",
                "-a[5m]                    | 1:1: unary expression only allowed on expressions of type scalar or instant vector, got range vector",
                "(a)[5m]                   | 1:4: ranges only allowed for vector selectors",
                "a offset 1m [5m]          | 1:13: no offset modifiers allowed before range",
                "a @ 1 [5m]                | 1:7: no @ modifiers allowed before range",
                "sum(a) offset 5m          | 1:8: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery",
                "(a) @ 5                   | 1:5: @ modifier must be preceded by an instant vector selector or range vector selector or a subquery",
                "a offset 1m offset 2m     | 1:13: offset may not be set multiple times",
                "a offset 5                | 1:10: unexpected number \"5\" in offset, expected duration",
                "a @ start                 | 1:10: unexpected end of input in @, expected \"(\"",
                "a @ 1m                    | 1:5: unexpected duration \"1m\" in @, expected timestamp",
                "a @ Inf                   | 1:5: timestamp out of bounds for @ modifier: Inf",
                "5[5m:]                    | 1:1: subquery is only allowed on instant vector, got scalar instead",
                "a[5m]                     | 1:1: a rule's expression must be a scalar or an instant vector, got range vector",
                "\"a\"                     | 1:1: a rule's expression must be a scalar or an instant vector, got string",
                "nosuch(a)                 | 1:1: unknown function with name \"nosuch\"",
                "RATE(a[5m])               | 1:1: unknown function with name \"RATE\"",
                "histogram_sum(a)          | 1:1: histogram_sum is not supported; there are no native histograms; use x_count, x_sum or histogram_quantile",
                "limitk(3, a)              | 1:1: limitk is not supported; use topk",
                "1 + a offset -5m          | 1:5: a negative offset is not supported; the future has not happened; give the other side a positive offset",
                "a @ 5                     | 1:1: the @ modifier is not supported; a rule is evaluated at its tick; use offset, or leave it out",
                "max_over_time(rate(a[5m])[5m:1m]) | 1:15: a subquery is not supported; record the inner expression and write its name with a range",
                "{a=\"b\"}                 | 1:1: a selector without a metric name is not supported; write name{…} or {__name__=~\"…\"}",
                "sum by (outcome) (rate(a[5m])) | 1:24: a group by outcome needs a matcher on it in each selector, such as {outcome=~\".+\"}",
                "histogram_quantile(0.9, sum(rate(a_bucket[5m]))) | 1:25: this sum drops the label le, so histogram_quantile would find no bucket",
                "label_replace(a, \"1\", \"b\", \"c\", \"d\") | 1:18: invalid destination label name in label_replace(): \"1\"",
                "label_replace(a, \"x\", \"b\", \"c\", \"(\") | 1:33: regular expression is not RE2's: error parsing regexp: missing closing ): `^(?:()$`",
                "label_join(a, \"b\", \"\", \"-\") | 1:24: invalid source label name in label_join(): \"-\"",
                "count_values(\"a-b\", a)  | 1:14: invalid label name: \"a-b\"",
            })
    void faultSaysWhereAndWhatIsAccepted(String text, String message) {
        assertThatThrownBy(() -> PromqlParser.parse(text))
                .isInstanceOf(PromqlException.class)
                .hasMessage(message);
    }

    @Test
    void lineAndColumnCountFromOne() {
        assertThatThrownBy(() -> PromqlParser.parse("a\n  > limitk(1, b)")).hasMessageStartingWith("2:5: limitk");
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThatThrownBy(() -> PromqlParser.parse("(".repeat(60_000)))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining("nested deeper than 100");
        for (String open : List.of("sum(", "-(", "a ^ ", "a or (", "rate(a[5m:", "{a=~\"(\"} + (")) {
            assertThatThrownBy(() -> PromqlParser.parse(open.repeat(8_000)))
                    .as(open)
                    .isInstanceOf(PromqlException.class);
        }
        assertThatThrownBy(() -> PromqlParser.parse("-".repeat(60_000) + "1")).isInstanceOf(PromqlException.class);
        assertThatThrownBy(() -> PromqlParser.parse("1" + "+1".repeat(30_000)))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining("more than 1000 parts");
        assertThatThrownBy(() -> PromqlParser.parse("a" + " ".repeat(70_000)))
                .hasMessage("1:1: expression has 70001 characters, must be at most 65536");
        assertThatThrownBy(() -> PromqlParser.parse("a offset " + "1s".repeat(30_000)))
                .hasMessageContaining("not a valid duration");
        assertThatThrownBy(() -> PromqlParser.parse("a{b=~\"" + "(".repeat(5_000) + "\"}"))
                .hasMessageContaining("must be at most 4096");
        assertThatThrownBy(() -> PromqlParser.parse("a{b=~\"" + "(".repeat(4_000) + "\"}"))
                .isInstanceOf(PromqlException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(((a{1000}){1000}){1000}){1000}",
                "((((((a{1,9}){1,9}){1,9}){1,9}){1,9}){1,9}){0,9}",
                "[(]((a{200}){200,}){200}",
                "[]](a{999}){999}",
                "[[:alpha:](]((a{100}){100}){100}",
                "\\\\((a{100}){100}){100}",
                "\\\\Q[(\\\\E((a{100}){100}){100}"
            })
    void regularExpressionsThatUnfoldWithoutBoundAreRefused(String regex) {
        assertThatThrownBy(() -> PromqlParser.parse("a{b=~\"" + regex + "\"}"))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining("unfolds its repeats to more than 50000 parts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5..|4",
                "[0-9]{1,3}(\\\\.[0-9]{1,3}){3}:[0-9]{2,5}",
                "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "(a{10}){10}",
                "x{1000}",
                "/api/v[0-9]+/(users|orders|carts).*"
            })
    void ordinaryRegularExpressionsAreAccepted(String regex) {
        assertThat(PromqlParser.parse("a{b=~\"" + regex + "\"}").type()).isEqualTo(ValueType.INSTANT_VECTOR);
    }
}
