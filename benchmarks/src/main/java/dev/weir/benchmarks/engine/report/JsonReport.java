package dev.weir.benchmarks.engine.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.engine.measure.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Writes the report as JSON: medians under plain names, least and greatest beside them. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    public static void write(List<WorkloadReport> workloads, Path file) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), tree(workloads));
    }

    static ObjectNode tree(List<WorkloadReport> workloads) {
        ObjectNode root = JSON.createObjectNode();
        var list = root.putArray("workloads");
        for (WorkloadReport workload : workloads) {
            ObjectNode node = list.addObject();
            node.put("name", workload.name());
            workload.systems().forEach((name, system) -> {
                if (system.repetitions() > 0) {
                    putSystem(node.putObject(name), system);
                }
            });
            ObjectNode ratios = node.putObject("ratios");
            put(ratios, "cpu_weir_limit", workload.cpuRatio("weir", "limit"));
            put(ratios, "cpu_weir_noop", workload.cpuRatio("weir", "noop"));
            put(ratios, "speed_weir_flink", workload.speedRatio("weir", "flink"));
            put(ratios, "speed_weir_dsl", workload.speedRatio("weir", "dsl"));
            put(ratios, "speed_weir_dsl_compact", workload.speedRatio("weir", "dsl_compact"));
        }
        return root;
    }

    private static void putSystem(ObjectNode node, SystemReport system) {
        put(node, "events_per_s", system.eventsPerSecond());
        put(node, "cpu_s_per_m", system.cpuPerMillion());
        put(node, "alloc_b_per_event", system.allocatedPerEvent());
        put(node, "wall_s", system.wallSeconds());
        node.put("events", system.events());
        node.put("repetitions", system.repetitions());
        system.mismatches().ifPresent(count -> node.put("mismatches", count));
    }

    private static void put(ObjectNode node, String name, Spread spread) {
        node.put(name, rounded(spread.median()));
        node.put(name + "_min", rounded(spread.min()));
        node.put(name + "_max", rounded(spread.max()));
    }

    private static void put(ObjectNode node, String name, OptionalDouble ratio) {
        ratio.ifPresent(value -> node.put(name, rounded(value)));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
