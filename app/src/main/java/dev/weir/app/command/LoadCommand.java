package dev.weir.app.command;

import dev.weir.app.load.Load;
import dev.weir.app.load.LoadPlan;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends generated events to Kafka. */
@Command(
        name = "load",
        header = "Send generated events to Kafka: the same seed and start, the same events.",
        description = {
            "%nWithout --rate, events are sent as fast as it goes, 1,000 for each second of event time, and the last lies about"
                    + " now. With --rate N/s, event time keeps the same pace and begins now.%n"
        })
final class LoadCommand implements Runnable {
    private static final double USUAL_RATE = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private TargetOptions target;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "uniform",
            description = "uniform, systems (the five monitored systems), aiqleads, producers, chatdb, pyairtable or"
                    + " lakehouse (default: ${DEFAULT-VALUE}).")
    private String scenario;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--series",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many series uniform has (default: ${DEFAULT-VALUE}).")
    private int series;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = RateOption.class,
            description = "At most so many events a second (default: as fast as it goes).")
    private @Nullable Double rate;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Event time of the beginning, such as 2026-11-22T10:00:00Z.")
    private @Nullable Instant start;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Default: the events topic of the configuration.")
    private @Nullable String topic;

    @Override
    public void run() {
        LoadPlan plan = plan();
        new Load(
                        config.read(target.settings()).config(),
                        topic,
                        spec.commandLine().getErr())
                .send(plan, rate);
    }

    private LoadPlan plan() {
        double eventRate = rate == null ? USUAL_RATE : rate;
        Instant now = InstantSource.system().instant();
        Instant first = start != null ? start : rate != null ? now : LoadPlan.startFor(events, eventRate, now);
        try {
            return new LoadPlan(scenario, seed, series, eventRate, events, first);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }
}
