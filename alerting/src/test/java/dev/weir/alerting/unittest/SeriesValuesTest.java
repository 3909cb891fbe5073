package dev.weir.alerting.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.alerting.eval.Staleness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeriesValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                       | []",
                "1 2   3                  | [0=1.0, 1=2.0, 2=3.0]",
                "_ 1 _x2 2 _x0 3          | [1=1.0, 4=2.0, 5=3.0]",
                "1x2 5                    | [0=1.0, 1=1.0, 2=1.0, 3=5.0]",
                "1+2x2                    | [0=1.0, 1=3.0, 2=5.0]",
                "-1-.5x2                  | [0=-1.0, 1=-1.5, 2=-2.0]",
                "1x0 2+1x0                | [0=1.0, 1=2.0]",
                "+1.5e1 010 08 Inf -inf   | [0=15.0, 1=8.0, 2=8.0, 3=Infinity, 4=-Infinity]",
                "1 stale NaN              | [0=1.0, 1=stale, 2=NaN]",
                "0.1+0.1x3                | [0=0.1, 1=0.2, 2=0.30000000000000004, 3=0.4]",
            })
    void notationIsPromtools(String text, String values) {
        assertThat(expanded(text, 100)).hasToString(values);
    }

    @Test
    void repetitionIsReadOnlyAsFarAsItIsAsked() {
        assertThat(expanded("1+1x999999999 5", 2)).hasToString("[0=1.0, 1=2.0, 2=3.0]");
        assertThat(expanded("_x999999999 _x999999999 _x2147483647 5", 1_000_000))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 y      | 4 | unexpected \"y\" in series values, must be a number, _ or stale, or repeated as 1x3, 1+2x3 or _x3",
                "1+2        | 0 | unexpected \"1+2\" in series values, must be a number, _ or stale, or repeated as 1x3, 1+2x3 or _x3",
                "1x99999999999 | 2 | repetition is 99999999999, must be at most 2147483647",
            })
    void faultsSayWhere(String text, int offset, String fault) {
        assertThatThrownBy(() -> SeriesValues.parse(text)).isInstanceOfSatisfying(NotationException.class, e -> {
            assertThat(e.offset()).isEqualTo(offset);
            assertThat(e.fault()).isEqualTo(fault);
        });
    }

    private static List<String> expanded(String text, long lastInterval) {
        List<String> values = new ArrayList<>();
        SeriesValues.parse(text)
                .forEach(
                        lastInterval,
                        (interval, value) ->
                                values.add(interval + "=" + (Staleness.isMarker(value) ? "stale" : value)));
        return values;
    }
}
