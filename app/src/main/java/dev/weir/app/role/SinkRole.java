package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.serve.Health;

/** The role {@code sink}: final and corrected aggregates into PostgreSQL, exactly once. */
final class SinkRole implements Role {
    private final WeirConfig config;

    SinkRole(WeirConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return RoleName.SINK.text();
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("the sink of " + config.store() + " is not wired");
    }

    @Override
    public Health health() {
        return Health.unhealthy("not started");
    }

    @Override
    public void close() {}
}
