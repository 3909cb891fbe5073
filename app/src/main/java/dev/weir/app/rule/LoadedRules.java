package dev.weir.app.rule;

import dev.weir.app.CommandFailedException;
import dev.weir.topology.PipelineSettings;
import dev.weir.topology.ruleset.InvalidRulesException;
import dev.weir.topology.ruleset.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules that files on disk hold. */
public final class LoadedRules {
    private LoadedRules() {}

    /**
     * Reads all files. Groups are named after the file's name, not its directory: alerts survive a move.
     *
     * @throws CommandFailedException with every fault of every file, if there is one
     */
    public static RuleSet read(Collection<Path> files, Duration defaultInterval) {
        try {
            return RuleSet.parse(texts(files), defaultInterval, PipelineSettings.PANE);
        } catch (InvalidRulesException faulty) {
            throw new CommandFailedException(String.valueOf(faulty.getMessage()), faulty);
        } catch (IOException unreadable) {
            throw new CommandFailedException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /**
     * The texts by the files' names.
     *
     * @throws IOException if a file cannot be read, or two have one name
     */
    static SortedMap<String, String> texts(Collection<Path> files) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            try {
                if (texts.put(name, Files.readString(file, StandardCharsets.UTF_8)) != null) {
                    throw new IOException("name is " + name + ", must be another than that of a rule file before");
                }
            } catch (IOException unreadable) {
                throw new IOException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }
        return texts;
    }
}
