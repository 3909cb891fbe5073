package dev.weir.alerting.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.eval.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
    private static final TemplateContext CONTEXT = new TemplateContext(
            new External(new TreeMap<>(Map.of("cluster", "eu")), "http://weir.example/x"),
            expr -> List.of(new Sample(new TreeMap<>(Map.of("job", "api")), 7, null)));
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
                "{{ $labels.job | humanize }}             § <error expanding template: error calling humanize: parsing \"api\": invalid syntax>",
                "{{ toUpper $value }}                     § <error expanding template: error calling toUpper: wrong type for value; expected string; got float64>",
                "{{ if gt $value 0 }}x{{ end }}           § <error expanding template: error calling gt: incompatible types for comparison: float64 and int; a number with a point is a float64>",
                "{{ if gt $value 0.0 }}x{{ else }}y{{ end }} § x",
                "{{ range $k, $v := $labels }}{{ $k }}={{ $v }};{{ end }} § __name__=up;job=api;n=12;",
                "{{ with $labels.job }}{{ . }}{{ end }}{{ $.Value }} § api0.0512",
                "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ $y }}{{ end }}{{ $x }} § 32",
                "{{ define \"d\" }}<{{ . }}>{{ end }}{{ template \"d\" $labels.job }} § <api>",
                "{{ externalURL }} {{ pathPrefix }} {{ $externalLabels.cluster }} § http://weir.example/x /x eu",
                "{{ query \"up\" | first | value }}        § 7",
            })
    void rendersAsPrometheusDoes(String text, String rendered) {
        assertThat(Template.parse(text).render(new TemplateData(LABELS, 0.0512, CONTEXT)))
                .isEqualTo(rendered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ab {{ $labels.x      | 3  | unclosed action",
                "{{ }}                | 3  | missing value for command",
                "{{ $nosuch }}        | 3  | undefined variable \"$nosuch\"; there are $, $externalLabels, $externalURL, $labels, $value",
                "{{ call $value }}    | 3  | function \"call\" is not supported: alerts have no functions as values",
                "{{ humanize }}       | 3  | wrong number of args for humanize: want 1 got 0",
                "{{ printf }}         | 3  | wrong number of args for printf: want at least 1 got 0",
                "{{ $value $value }}  | 3  | only a function takes arguments",
                "{{ ($value }}        | 11 | unclosed left parenthesis",
                "{{ /* x }}           | 3  | unexpected \"/\" in action",
                "{{/* x }}            | 0  | unclosed comment",
                "{{ if $value }}x     | 3  | {{if}} has no {{end}}",
                "a{{ end }}           | 4  | unexpected \"end\" in template",
                "{{ range $labels }}{{ end }}{{ break }} | 31 | {{break}} outside {{range}}",
                "{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }} | 38 | undefined variable \"$x\"; there are $, $externalLabels, $externalURL, $labels, $value",
                "{{ define \"d\" }}{{ $value }}{{ end }} | 19 | undefined variable \"$value\"; there are $",
                "{{ template \"no\" }} | 12 | template \"no\" not defined",
                "{{ query $labels.job }} | 3 | query needs one text written out, so that what it reads is known when the rule is loaded",
                "{{ query \"nosuch(1)\" }} | 3 | query \"nosuch(1)\": 1:1: unknown function with name \"nosuch\"",
                "{{ 1.5i }}           | 3  | bad number syntax: \"1.5i\"",
                "{{ 99999999999999999999 }} | 3 | bad number syntax: \"99999999999999999999\"",
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
                .isEqualTo("api%!(EXTRA int=1)");
    }

    @Test
    void unknownFunctionIsAFaultThatNamesTheKnown() {
        assertThatThrownBy(() -> Template.parse("{{ nosuch $value }}"))
                .hasMessageStartingWith("function \"nosuch\" not defined; supported are and, args, ")
                .hasMessageEndingWith(", value, query");
    }

    @Test
    void queriesAreKnownWhenRead() {
        Template template =
                Template.parse("{{ query \"up\" | len }}{{ if true }}{{ `sum(x)` | query | len }}{{ end }}");
        assertThat(template.queries()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ printf `%900000d` 1 }}  | text is longer than 65536 characters",
                "{{ $x := `0123456789` }}{{ define `r` }}{{ $y := printf `%s%s` . . }}{{ template `r` $y }}{{ end }}{{ template `r` $x }} | text is longer than 65536 characters",
                "{{ define `r` }}{{ template `r` . }}{{ end }}{{ template `r` . }} | templates are nested deeper than 100",
                "{{ define `a` }}{{ range .arg0 }}{{ range $.arg0 }}{{ range $.arg0 }}{{ range $.arg0 }}{{ range $.arg0 }}x{{ end }}{{ end }}{{ end }}{{ end }}{{ end }}{{ end }}{{ template `a` args (args 1 2 3 4 5 6 7 8 9 10) }} | template takes more than 100000 steps",
                "{{ match `((a{100}){100}){100}` `a` }} | error calling match: pattern unfolds to 1040603 parts, must be at most 10000",
                "{{ match `(` `a` }} | error calling match: error parsing regexp: missing closing ): `(`",
            })
    void boundsAreClearErrors(String text, String message) {
        assertThat(Template.parse(text.replace("¦", "|")).render(new TemplateData(LABELS, 1, CONTEXT)))
                .isEqualTo("<error expanding template: " + message + ">");
    }
}
