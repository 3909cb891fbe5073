package dev.weir.alerting.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoFloatTest {
    /** Expected texts are what promtool 2.42 (Go 1.19) prints. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "0.1, 0.1",
        "12345.5, 12345.5",
        "100000, 100000",
        "1234567, 1.234567e+06",
        "1e6, 1e+06",
        "123456789012345680000, 1.2345678901234568e+20",
        "0.00012345, 0.00012345",
        "0.000012345, 1.2345e-05",
        "2e-3, 0.002",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "-2.5e100, -2.5e+100",
        "2.0E-3, 0.002",
        "1.0E23, 1e+23",
    })
    void shortestAsGo(double value, String text) {
        assertThat(GoFloat.shortest(value)).isEqualTo(text);
    }

    @Test
    void shortestReadsBackToTheSameNumber() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(GoFloat.shortest(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void infinitiesAndNaNAsGo() {
        assertThat(GoFloat.shortest(Double.NaN)).isEqualTo("NaN");
        assertThat(GoFloat.fixed(Double.POSITIVE_INFINITY, 2)).isEqualTo("+Inf");
        assertThat(GoFloat.significant(Double.NEGATIVE_INFINITY, 4)).isEqualTo("-Inf");
    }

    @ParameterizedTest
    @CsvSource({
        "1234567, 1.235M, 1.177Mi, 14d 6h 56m 7s, 1.235e+08%",
        "12345.5, 12.35k, 12.06ki, 3h 25m 45s, 1.235e+06%",
        "0.00012345, 123.4u, 0.0001234, 123.4us, 0.01234%",
        "1e21, 1Z, 867.4Ei, -106751991167300d -15h -30m -8s, 1e+23%",
        "0, 0, 0, 0s, 0%",
        "59.999, 60, 60, 60s, 6000%",
        "-90, -90, -90, -1m 30s, -9000%",
        "1, 1, 1, 1s, 100%"
    })
    void humanizeAsPrometheus(double value, String metric, String binary, String duration, String percentage) {
        assertThat(Humanize.metric(value)).isEqualTo(metric);
        assertThat(Humanize.binary(value)).isEqualTo(binary);
        assertThat(Humanize.duration(value)).isEqualTo(duration);
        assertThat(Humanize.percentage(value)).isEqualTo(percentage);
    }
}
