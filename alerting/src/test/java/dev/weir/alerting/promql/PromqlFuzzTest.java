package dev.weir.alerting.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromqlFuzzTest {
    private static final List<String> SEEDS = List.of(
            "sum by (job) (rate(http_requests_total{code=~\"5..\"}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.05",
            "histogram_quantile(0.95, sum by (le, route) (rate(x_bucket{a!=\"b\", c!~'d'}[1h30m]))) > bool 1e-3",
            "a * on(x, y) group_left(z) b offset 1w2d @ 1e9 / topk by (le) (3, max_over_time(c[1h:5m] offset -1m @ end()))",
            "label_replace({__name__=~\"a.*\"}, \"d\", \"$1\", 's', \"(.*)\\x41\") > bool ignoring() count_values(\"v\", time() - b)",
            "absent(up{job=`x`}) or -avg_over_time(up[5m]) ^ 2 % 3 unless on(a) ignoring # c\n 0x1F");
    private static final String ALPHABET = "()[]{},=!~<>+-*/%^\"'`\\@:#. \n09aexlsmh_é\uD83D";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTextIsParsedOrRefusedWithAPosition(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            try {
                assertThat(PromqlParser.parse(text).type()).isNotNull();
            } catch (PromqlException e) {
                assertThat(e.position().offset()).as("seed %s: %s", seed, text).isBetween(0, text.length());
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + " text " + text, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anySequenceOfTokensIsParsedOrRefused(long seed) {
        List<String> tokens = List.of(
                ("a by sum ( ) [ ] { } , : @ = == != =~ + - ^ offset on ignoring group_left bool 5m 1h30m 0x1F 1e3 Inf "
                                + "\"s\" start end topk rate time and or unless atan2 __name__ # \n")
                        .split(" "));
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length >= 0; length--) {
                text.append(tokens.get(random.nextInt(tokens.size()))).append(' ');
            }
            try {
                PromqlParser.parse(text.toString());
            } catch (PromqlException e) {
                assertThat(e.position().offset()).isBetween(0, text.length());
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + " text " + text, e);
            }
        }
    }

    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                default -> text.setLength(Math.max(1, at));
            }
            if (text.isEmpty()) {
                text.append('(');
            }
        }
        return text.toString();
    }
}
