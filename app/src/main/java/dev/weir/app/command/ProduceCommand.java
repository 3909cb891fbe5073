package dev.weir.app.command;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.produce.EventFile;
import dev.weir.app.produce.Production;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a file of events to Kafka. */
@Command(
        name = "produce",
        header = "Send events from NDJSON to Kafka.",
        description = {
            "%nOne event a line, for example:",
            "{\"timestamp\":\"2026-11-22T10:00:00Z\",\"service\":\"api\",\"metric\":\"http_request_duration_seconds\","
                    + "\"kind\":\"OBSERVATION\",\"value\":0.12,\"outcome\":\"SUCCESS\",\"labels\":{\"route\":\"/\"}}",
            "Fields: timestamp (ms since 1970 or ISO 8601), service, metric, kind (COUNT, OBSERVATION, GAUGE, CUMULATIVE),"
                    + " value; optional: unit, outcome (SUCCESS, ERROR, HIT, MISS), labels, event_id.",
            "A bad line is reported as file:line:column and skipped; the exit status is then 1.%n"
        })
final class ProduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "NDJSON, plain or gzip; - is the standard input.")
    private String file;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Default: the events topic of the configuration.")
    private @Nullable String topic;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = RateOption.class,
            description = "At most so many events a second (default: as fast as it goes).")
    private @Nullable Double rate;

    @Mixin
    private TargetOptions target;

    @Override
    public Integer call() {
        WeirConfig settings = config.read(target.settings()).config();
        Production production =
                new Production(settings, topic, rate, spec.commandLine().getErr());
        return production.send(EventFile.of(file)) ? ExitStatus.OK : ExitStatus.INVALID;
    }
}
