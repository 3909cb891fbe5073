package dev.weir.alerting.rulefile;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML into nodes that know their places. Bounds: {@value #MAX_CHARACTERS} characters, {@value #MAX_ALIASES} aliases of collections. */
public final class YamlText {
    private static final int MAX_ALIASES = 50;
    private static final int MAX_CHARACTERS = 3_000_000;

    private YamlText() {}

    /** The document of a text; nothing if it is empty, or, with a fault, if it is none. */
    public static Optional<Node> compose(String file, String yaml, Faults faults) {
        if (yaml.length() > MAX_CHARACTERS) {
            faults.add(1, 1, "file has " + yaml.length() + " characters, must have at most " + MAX_CHARACTERS);
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            return new Compose(settings).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0);
            int column = e.getProblemMark().map(Mark::getColumn).orElse(0);
            faults.add(line + 1, column + 1, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            faults.add(1, 1, "not YAML: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // The YAML parser lets others through for a few malformed or very deeply nested texts.
            faults.add(1, 1, "not YAML: " + e);
        }
        return Optional.empty();
    }
}
