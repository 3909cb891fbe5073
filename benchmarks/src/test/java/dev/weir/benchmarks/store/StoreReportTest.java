package dev.weir.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreReportTest {
    @Test
    void ratiosAreThoseOfMedians() throws Exception {
        StoreReport report = new StoreReport();
        List.of(100.0, 300.0, 110.0).forEach(rate -> report.add(StoreReport.DIRECT, rate));
        List.of(10.0, 55.0, 70.0).forEach(rate -> report.add(StoreReport.SINK_HOURS, rate));
        report.closeSeconds(12.34);
        assertThat(report.table())
                .contains("open hours / direct            0.50  at least 0.5\n")
                .contains("s to close 100,000 series      12.3  at most 60\n")
                .doesNotContain("psql");
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.at("/ratios/open_hours_direct").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/direct_upserts/rows_per_s_max").asLong()).isEqualTo(300);
        assertThat(json.at("/close_100k_series_s").asDouble()).isEqualTo(12.3);
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThat(StoreOptions.parse(new String[] {"--quick"}).series()).isEqualTo(5_000);
        assertThatThrownBy(() -> StoreOptions.parse(new String[] {"--series", "1500"}))
                .hasMessageStartingWith("series is 1500, must be a multiple of 1,000");
        assertThatThrownBy(() -> StoreOptions.parse(new String[] {"--fast"}))
                .hasMessageStartingWith("option is --fast, must be one of these");
        assertThatThrownBy(() -> StoreOptions.parse(new String[] {"--repetitions", "x"}))
                .hasMessageStartingWith("--repetitions is x, must be a number");
    }
}
