package dev.weir.benchmarks.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.engine.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Rows a second of each contender, and the ratios that are asked for. */
final class StoreReport {
    static final String DIRECT = "direct_upserts";
    static final String SINK_HOURS = "sink_open_hours";
    static final String SINK_ALL = "sink_hours_days_weeks";
    static final String COPY = "copy_manager";
    static final String PSQL = "psql_copy";
    static final String SINK_RAW = "sink_raw";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private OptionalDouble closeSeconds = OptionalDouble.empty();

    void add(String contender, double rowsPerSecond) {
        rates.computeIfAbsent(contender, absent -> new ArrayList<>()).add(rowsPerSecond);
    }

    void closeSeconds(double seconds) {
        closeSeconds = OptionalDouble.of(seconds);
    }

    String table() {
        StringBuilder text =
                new StringBuilder(String.format("%-24s %12s %12s %12s%n", "rows/s", "median", "least", "greatest"));
        rates.forEach((name, all) -> {
            Spread spread = Spread.of(all);
            text.append(String.format(
                    Locale.ROOT, "%-24s %,12.0f %,12.0f %,12.0f%n", name, spread.median(), spread.min(), spread.max()));
        });
        ratio(text, "open hours / direct", SINK_HOURS, DIRECT, "at least 0.5");
        ratio(text, "with days, weeks / direct", SINK_ALL, DIRECT, "");
        ratio(text, "raw / CopyManager", SINK_RAW, COPY, "");
        ratio(text, "raw / psql", SINK_RAW, PSQL, "at least 0.7");
        closeSeconds.ifPresent(seconds -> text.append(
                String.format(Locale.ROOT, "%-26s %8.1f  at most 60%n", "s to close 100,000 series", seconds)));
        return text.toString();
    }

    String json() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        rates.forEach((name, all) -> {
            Spread spread = Spread.of(all);
            root.putObject(name)
                    .put("rows_per_s", Math.round(spread.median()))
                    .put("rows_per_s_min", Math.round(spread.min()))
                    .put("rows_per_s_max", Math.round(spread.max()));
        });
        ObjectNode ratios = root.putObject("ratios");
        put(ratios, "open_hours_direct", SINK_HOURS, DIRECT);
        put(ratios, "hours_days_weeks_direct", SINK_ALL, DIRECT);
        put(ratios, "raw_copy_manager", SINK_RAW, COPY);
        put(ratios, "raw_psql", SINK_RAW, PSQL);
        closeSeconds.ifPresent(seconds -> root.put("close_100k_series_s", Math.round(seconds * 10) / 10.0));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private void put(ObjectNode node, String name, String part, String whole) {
        ratio(part, whole).ifPresent(ratio -> node.put(name, Math.round(ratio * 1_000) / 1_000.0));
    }

    private void ratio(StringBuilder text, String name, String part, String whole, String wanted) {
        ratio(part, whole)
                .ifPresent(ratio -> text.append(String.format(Locale.ROOT, "%-26s %8.2f  %s", name, ratio, wanted)
                                .stripTrailing())
                        .append('\n'));
    }

    private OptionalDouble ratio(String part, String whole) {
        List<Double> parts = rates.getOrDefault(part, List.of());
        List<Double> wholes = rates.getOrDefault(whole, List.of());
        return parts.isEmpty() || wholes.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        Spread.of(parts).median() / Spread.of(wholes).median());
    }
}
