package dev.weir.benchmarks.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.benchmarks.engine.measure.PassResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
    @Test
    void jsonHoldsMediansSpreadsMismatchesAndRatios() {
        JsonNode workload = JsonReport.tree(List.of(report())).path("workloads").path(0);

        assertThat(workload.path("name").asText()).isEqualTo("single-1k");
        assertThat(workload.path("limit").path("events_per_s").asDouble()).isEqualTo(1_000_000);
        assertThat(workload.path("limit").path("cpu_s_per_m").asDouble()).isEqualTo(1);
        assertThat(workload.path("limit").path("cpu_s_per_m_max").asDouble()).isEqualTo(3);
        assertThat(workload.path("limit").has("mismatches")).isFalse();
        assertThat(workload.path("weir").path("mismatches").asLong()).isEqualTo(5);
        assertThat(workload.path("weir").path("alloc_b_per_event").asDouble()).isEqualTo(8);
        assertThat(workload.path("ratios").path("cpu_weir_limit").asDouble()).isEqualTo(2);
        assertThat(workload.path("ratios").has("speed_weir_flink")).isFalse();
    }

    @Test
    void tableHasALineASystemAndARatioWithItsBound() {
        String table = TextTable.of(List.of(report()));

        assertThat(table).containsPattern("single-1k +limit +1,000,000 +1\\.00 \\(1\\.00-3\\.00\\)");
        assertThat(table).containsPattern("single-1k +CPU Weir / limit +2\\.00 +at most 1\\.5");
        assertThat(table).contains("mismatches 5");
        assertThat(table).doesNotContain("Flink");
    }

    private static WorkloadReport report() {
        WorkloadReport report = new WorkloadReport("single-1k");
        for (double cpuSeconds : List.of(1.0, 3.0, 1.0)) {
            report.system("limit").add(pass(cpuSeconds), Optional.empty());
        }
        report.system("weir").add(pass(2), Optional.of(2L));
        report.system("weir").add(pass(2), Optional.of(3L));
        report.system("flink");
        return report;
    }

    private static PassResult pass(double cpuSeconds) {
        return new PassResult(1_000_000, 1, 2, cpuSeconds, 8_000_000, 0);
    }
}
