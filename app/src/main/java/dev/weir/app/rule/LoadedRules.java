package dev.weir.app.rule;

import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleFileException;
import dev.weir.app.CommandFailedException;
import dev.weir.topology.PipelineSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rules that a stream runs: all files without a fault, or none. */
public final class LoadedRules {
    private LoadedRules() {}

    /**
     * Reads all files. Groups are named after the file's name, not its directory: alerts survive a move.
     *
     * @throws CommandFailedException with every fault of every file, if there is one
     */
    public static List<RuleFile> read(Collection<Path> files, Duration defaultInterval) {
        List<RuleFile> rules = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            try {
                String yaml = Files.readString(file, StandardCharsets.UTF_8);
                rules.add(RuleFile.parse(
                        String.valueOf(file.getFileName()), yaml, defaultInterval, PipelineSettings.PANE));
            } catch (RuleFileException faulty) {
                faulty.faults().forEach(fault -> faults.add(fault.toString()));
            } catch (IOException unreadable) {
                faults.add(file + ": cannot be read: " + unreadable.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), faults));
        }
        return rules;
    }
}
