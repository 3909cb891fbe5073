package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.command.WeirCommand;
import dev.weir.app.role.RoleName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a deployment file gives the image as its arguments.
 *
 * @param config the path after {@code --config}
 */
record RunArguments(String config, List<RoleName> roles) {
    /** Reads them as the command line does; fails on a command, option or role that Weir does not have. */
    static RunArguments parse(JsonNode array) {
        List<String> arguments = new ArrayList<>();
        array.forEach(argument -> arguments.add(argument.asText()));
        var run = WeirCommand.commandLine()
                .parseArgs(arguments.toArray(String[]::new))
                .subcommand();
        assertThat(run.commandSpec().name()).isEqualTo("run");
        List<String> names = run.matchedOptionValue("--roles", List.<String>of());
        assertThat(names).isNotEmpty();
        Object config = run.matchedOptionValue("--config", (Object) "");
        List<RoleName> roles = new ArrayList<>();
        for (String name : names) {
            assertThat(RoleName.of(name)).as("role " + name).isPresent().get().satisfies(roles::add);
        }
        return new RunArguments(config.toString(), roles);
    }
}
