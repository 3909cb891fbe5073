package dev.weir.alerting.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.eval.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever the text, it is a template that can be rendered within the bounds, or one clear fault. */
final class TemplateFuzzTest {
    private static final String[] PIECES = {
        "{{",
        "}}",
        "{{ ",
        " }}",
        "{{- ",
        " -}}",
        "if",
        "else",
        "end",
        "range",
        "with",
        "define",
        "template",
        "block",
        "break",
        "continue",
        "nil",
        "true",
        "query",
        "\"up\"",
        "`a`",
        "'c'",
        "\"",
        "$labels",
        "$value",
        "$x",
        ":=",
        "=",
        ",",
        "|",
        "(",
        ")",
        ".",
        ".Labels",
        ".n",
        " ",
        " ",
        " ",
        "1",
        "-2.5",
        "0x1F",
        "1e9",
        "printf",
        "\"%*d%[2]v%999999d\"",
        "args",
        "len",
        "index",
        "slice",
        "eq",
        "lt",
        "and",
        "or",
        "not",
        "html",
        "js",
        "urlquery",
        "humanize",
        "humanizeTimestamp",
        "match",
        "reReplaceAll",
        "\"(a*)*$1\"",
        "title",
        "first",
        "sortByLabel",
        "label",
        "value",
        "stripPort",
        "/*",
        "*/",
        "\n\t",
        "é",
        "\ud800"
    };
    private static final TemplateContext CONTEXT = new TemplateContext(
            new External(new TreeMap<>(Map.of("cluster", "eu")), "\0 no url"),
            expr -> List.of(new Sample(new TreeMap<>(Map.of("n", "1")), 1, null)));

    @Test
    void anyTextIsATemplateOrAFault() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int rendered = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            try {
                rendered += check(Template.parse(text)) ? 1 : 0;
            } catch (TemplateException e) {
                assertThat(e.offset()).as("seed %s: %s", seed, text).isBetween(0, text.length());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
        assertThat(rendered).as("seed %s", seed).isGreaterThan(500);
    }

    @Test
    void deepOrLongTemplatesEndSoon() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String text : List.of(
                    "{{ " + "(".repeat(100_000),
                    "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
                    "{{ if true }}".repeat(100_000),
                    "{{ if true }}{{ else ".repeat(50_000),
                    "{{ if true }}" + "{{ else if true }}".repeat(50_000) + "{{ end }}",
                    "{{ $labels" + ".a".repeat(100_000) + " }}",
                    "{{ print" + " 1".repeat(100_000) + " }}",
                    "{{ 1" + " | print".repeat(100_000) + " }}",
                    "{{ $x := args 1 }}" + "{{ $x = args $x $x }}".repeat(1_000) + "{{ $x }}",
                    "{{ $x := args 1 }}" + "{{ $x = args $x $x }}".repeat(40) + "{{ $x }}{{ printf \"%q\" $x }}",
                    "{{ $x := `<>` }}" + "{{ $x = html $x }}".repeat(10_000),
                    "{{ $x := `aaaaaaaa` }}" + "{{ $x = printf `%s%s` $x $x }}".repeat(12)
                            + "{{ $x = reReplaceAll `(a?){30}a*b` `` $x }}".repeat(1_000),
                    "{{ match `" + "(".repeat(500) + ")".repeat(500) + "` `a` }}",
                    "{{ match `" + "(".repeat(50_000) + "` `a` }}",
                    "{{/*" + "*".repeat(100_000),
                    "{{ " + "9".repeat(100_000) + " }}",
                    "{{ \"" + "\\u00e9".repeat(10_000) + "\" | title }}",
                    "{{- ".repeat(10_000))) {
                try {
                    check(Template.parse(text));
                } catch (TemplateException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        });
    }

    private static boolean check(Template template) {
        String text = template.render(new TemplateData(Map.of("n", "x y:1", "job", "<é>"), 2.5, CONTEXT));
        assertThat(text.length()).isLessThanOrEqualTo(BoundedText.MAX_CHARACTERS);
        return !text.startsWith("<error");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "{{ " : "");
        for (int i = random.nextInt(14); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(3) == 0 ? "" : " ");
        }
        return text.append(random.nextInt(4) == 0 ? "" : " }}").toString();
    }
}
