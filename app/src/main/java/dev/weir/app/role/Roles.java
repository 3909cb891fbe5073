package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.rule.RuleFiles;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles of this process: started in the order of {@link RoleName}, closed in reverse. */
public final class Roles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);
    private static final Duration MOST_EACH = Duration.ofSeconds(20);

    private final List<Role> roles = new ArrayList<>();
    private final CloseStack started = new CloseStack(MOST_EACH);
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Makes the roles without starting them.
     *
     * @param ruleFiles where the rules are
     */
    public Roles(WeirConfig config, RuleFiles ruleFiles, Collection<RoleName> names) {
        List<Role> working = new ArrayList<>();
        for (RoleName name : new TreeSet<>(names)) {
            switch (name) {
                case STREAM -> working.add(new StreamRole(config, ruleFiles));
                case SINK -> working.add(new SinkRole(config));
                case NOTIFY -> working.add(new NotifyRole(config));
                case INCIDENTS -> working.add(new IncidentRole(config));
                case SERVE -> {}
            }
        }
        if (names.contains(RoleName.SERVE)) {
            roles.add(new ServeRole(config.http(), working, metrics, InstantSource.system()));
        }
        roles.addAll(working);
    }

    /** Starts all; if one fails, closes what has started and throws on. */
    public void start() {
        try {
            for (Role role : roles) {
                started.push(role.name(), role);
                role.start();
                role.meters().forEach(meters -> meters.bindTo(metrics));
                LOG.info("Role {} started", role.name());
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** The first role that has failed for good, with why. */
    public Optional<String> failure() {
        return roles.stream()
                .flatMap(role -> role.failure().map(why -> "role " + role.name() + " failed: " + why).stream())
                .findFirst();
    }

    @Override
    public void close() {
        started.close();
        metrics.close();
    }
}
