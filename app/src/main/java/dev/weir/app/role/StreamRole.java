package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.serve.Health;
import java.nio.file.Path;
import java.util.List;

/** The role {@code stream}: events in, aggregates, alerts and rejected events out, through Kafka Streams. */
public final class StreamRole implements Role {
    private final WeirConfig config;
    private final List<Path> ruleFiles;

    StreamRole(WeirConfig config, List<Path> ruleFiles) {
        this.config = config;
        this.ruleFiles = List.copyOf(ruleFiles);
    }

    /** The graph of the application as text: nodes, stores and topics. */
    public static String describe(WeirConfig config) {
        throw new UnsupportedOperationException("the topology of " + config.stream().applicationId() + " is not wired");
    }

    @Override
    public String name() {
        return RoleName.STREAM.text();
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException(
                "the topology of " + config.stream().applicationId() + " with " + ruleFiles + " is not wired");
    }

    @Override
    public Health health() {
        return Health.unhealthy("not started");
    }

    @Override
    public void close() {}
}
