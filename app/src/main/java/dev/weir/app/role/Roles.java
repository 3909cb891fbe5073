package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles of this process: started in the order of {@link RoleName}, closed in reverse. */
public final class Roles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);
    private static final Duration MOST_EACH = Duration.ofSeconds(20);

    private final List<Role> roles = new ArrayList<>();
    private final CloseStack started = new CloseStack(MOST_EACH);

    /**
     * Makes the roles without starting them.
     *
     * @param ruleFiles existing files, in order
     */
    public Roles(WeirConfig config, List<Path> ruleFiles, Collection<RoleName> names) {
        List<RoleName> ordered = new ArrayList<>(names);
        Collections.sort(ordered);
        for (RoleName name : ordered) {
            roles.add(
                    switch (name) {
                        case SERVE -> new ServeRole(config.http(), this::health);
                        case STREAM -> new StreamRole(config, ruleFiles);
                        case SINK -> new SinkRole(config);
                    });
        }
    }

    /** Starts all; if one fails, closes what has started and throws on. */
    public void start() {
        try {
            for (Role role : roles) {
                started.push(role.name(), role);
                role.start();
                LOG.info("Role {} started", role.name());
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** The health of each role by name, in the order of their start. */
    public Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>();
        roles.forEach(role -> health.put(role.name(), role.health()));
        return health;
    }

    /** The first role that has failed for good, with why. */
    public Optional<String> failure() {
        return health().entrySet().stream()
                .filter(role -> role.getValue().isFailed())
                .map(role -> "role " + role.getKey() + " failed: " + role.getValue().detail())
                .findFirst();
    }

    @Override
    public void close() {
        started.close();
    }
}
