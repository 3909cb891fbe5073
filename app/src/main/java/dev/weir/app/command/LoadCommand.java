package dev.weir.app.command;

import dev.weir.app.CommandFailedException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends generated events to Kafka. */
@Command(name = "load", header = "Send generated events to Kafka: the same seed, the same events.")
final class LoadCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private TargetOptions target;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--rate", paramLabel = "N/s", converter = RateOption.class, description = "At most so many events a second (default: as fast as it goes).")
    private @Nullable Double rate;

    @Override
    public Integer call() {
        throw new CommandFailedException("load " + seed + rate + config.read(target.settings()));
    }
}
