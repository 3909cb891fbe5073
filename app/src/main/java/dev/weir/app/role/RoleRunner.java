package dev.weir.app.role;

import dev.weir.app.config.WeirConfig;
import dev.weir.app.rule.RuleFiles;
import dev.weir.app.topic.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** What {@code weir run} does: topics, then roles, until it is stopped. */
public final class RoleRunner {
    private static final Duration MOST = Duration.ofSeconds(60);

    private RoleRunner() {}

    /**
     * Starts the roles and stays until the process is stopped.
     *
     * @param configFile relative rule files start at its directory
     * @throws dev.weir.app.CommandFailedException when it cannot start or a role fails for good
     */
    public static void runUntilStopped(WeirConfig config, Optional<Path> configFile, Collection<RoleName> names) {
        Path base = configFile
                .map(file -> file.toAbsolutePath().getParent())
                .orElse(Path.of("").toAbsolutePath());
        RuleFiles rules = new RuleFiles(base, config.rules().files());
        TopicSetup.createMissing(config.kafka(), config.topics());
        CloseStack started = new CloseStack(MOST);
        Stopping.atExit(started);
        Roles roles = started.push("roles", new Roles(config, rules, names));
        roles.start();
        Stopping.await(roles);
    }
}
