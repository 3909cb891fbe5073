package dev.weir.alerting.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
    private static final Map<String, String> LABELS = Map.of("job", "api", "__name__", "up", "n", "12");

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '~',
            value = {
                "plain } text                             § plain } text",
                "{{ $labels.job }}{{$value}}              § api0.0512",
                "[{{ $labels.missing }}]                  § []",
                "{{ .Labels.job }} {{ .Value }}           § api 0.0512",
                "{{ $value | humanizePercentage }}        § 5.12%",
                "{{ humanizePercentage $value }}          § 5.12%",
                "{{ printf \"%.2f%%\" $value }}           § 0.05%",
                "{{ $value | printf \"%s: %.3f\" $labels.job }} § api: 0.051",
                "{{ $labels.job | toUpper | printf \"%q\" }} § \"API\"",
                "{{ \"two words\" | title }}              § Two Words",
                "{{ ($labels.job | title) | toLower }}    § api",
                "{{ $labels }}                            § map[__name__:up job:api n:12]",
                "{{ $labels.n | humanize }}               § 12",
                "a {{- $labels.job -}} b                  § aapib",
                "a{{/* note */}}b                         § ab",
                "{{ \"}}\" }}                             § }}",
                "{{ $labels.job | humanize }}             § <error expanding template: humanize needs a number, got \"api\">",
                "{{ toUpper $value }}                     § <error expanding template: toUpper needs a string, got float64 0.0512>",
            })
    void rendersAsPrometheusDoes(String text, String rendered) {
        assertThat(Template.parse(text).render(new TemplateData(LABELS, 0.0512, TemplateContext.NONE)))
                .isEqualTo(rendered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ab {{ $labels.x      | 3  | unclosed action",
                "{{ }}                | 3  | missing value for command",
                "{{ nosuch $value }}  | 3  | function \"nosuch\" not defined; supported are humanize, humanize1024, humanizeDuration, humanizePercentage, printf, title, toLower, toUpper",
                "{{ $nosuch }}        | 3  | undefined variable \"$nosuch\"; there are $labels.<name> and $value",
                "{{ if $value }}x{{ end }} | 3 | \"if\" is not supported in templates; a pipeline is",
                "{{ humanize }}       | 3  | wrong number of args for humanize: want 1 got 0",
                "{{ $value $value }}  | 3  | only a function takes arguments",
                "{{ ($value }}        | 11 | unclosed left parenthesis",
                "{{ /* x }}           | 3  | unexpected \"/\" in operand",
            })
    void faultsAreFoundWhenRead(String text, int offset, String message) {
        assertThatThrownBy(() -> Template.parse(text))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessage(message);
    }

    @Test
    void wrongVerbShowsItselfAsInGo() {
        TemplateData data = new TemplateData(LABELS, 2, TemplateContext.NONE);
        assertThat(Template.parse("{{ printf \"%d %s %z\" $value $value }}").render(data))
                .isEqualTo("%!d(float64=2) %!s(float64=2) %!z(MISSING)");
        assertThat(Template.parse("{{ printf \"%s\" $labels.job 1 }}").render(data))
                .isEqualTo("api%!(EXTRA float64=1)");
    }
}
