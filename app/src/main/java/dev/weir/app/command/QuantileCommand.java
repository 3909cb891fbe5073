package dev.weir.app.command;

import dev.weir.app.store.QuantileReport;
import dev.weir.app.store.StoreDatabase;
import dev.weir.sink.quantile.SketchQuery;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Any percentile of what PostgreSQL keeps. */
@Command(
        name = "quantile",
        header = "Compute any percentile from the rows in PostgreSQL, with the bounds of the exact one.",
        description = {
            "%nThe sketches of all rows that match are merged: of many series, of many hours. In SQL the same is",
            "monitoring.sketch_quantile(monitoring.sketch_merge(sketch), 0.95).%n"
        })
final class QuantileCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--metric", paramLabel = "NAME", required = true, description = "The metric.")
    private String metric;

    @Option(names = "--service", paramLabel = "NAME", description = "Only of this service (default: of all).")
    private @Nullable String service;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Only series with this label; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            defaultValue = "hourly",
            description = "Rows to merge: hourly, daily or weekly (default: ${DEFAULT-VALUE}).")
    private String period;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            converter = TimeOption.class,
            description = "Rows that begin then or later, such as 2026-11-22T10:00:00Z.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            required = true,
            converter = TimeOption.class,
            description = "Rows that begin before.")
    private Instant to;

    @Option(
            names = {"-q", "--quantile"},
            paramLabel = "Q",
            required = true,
            split = ",",
            description = "From 0 to 1, comma-separated: 0.95,0.99.")
    private List<Double> quantiles;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public void run() {
        for (double q : quantiles) {
            if (!(q >= 0 && q <= 1)) {
                throw new ParameterException(spec.commandLine(), "q is " + q + ", must be 0 to 1 (-q)");
            }
        }
        SketchQuery query = query();
        QuantileReport report = QuantileReport.of(
                new StoreDatabase(config.read(Map.of()).config().store()), query, quantiles);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
    }

    private SketchQuery query() {
        Map<String, String> dimensions = new LinkedHashMap<>(labels);
        if (service != null) {
            dimensions.put("service", service);
        }
        try {
            return new SketchQuery(metric, period, dimensions, from, to);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
