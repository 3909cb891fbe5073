package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.config.ConfigReader;
import dev.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables that a deployment file gives a container of Weir. */
final class GivenEnvironment {
    private GivenEnvironment() {}

    /**
     * Reads the configuration as the container would. Fails on a file with faults and on a variable that Weir ignores.
     *
     * @param variables of those that end in {@code _FILE} the file is replaced, as it exists in the container only
     * @param folder for the replaced files
     */
    static WeirConfig config(String file, Map<String, String> variables, Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>(variables);
        for (String name : variables.keySet()) {
            if (name.endsWith("_FILE")) {
                environment.put(
                        name,
                        Files.writeString(folder.resolve(name), "a-secret\n").toString());
            }
        }
        ConfigReader.Result result = new ConfigReader(environment).read(Optional.of(Checkout.path(file)), Map.of());
        for (String name : variables.keySet()) {
            assertThat(result.printable()).as("settings in force").contains("# " + name);
        }
        return result.config();
    }
}
