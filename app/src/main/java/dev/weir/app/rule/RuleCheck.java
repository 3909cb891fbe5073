package dev.weir.app.rule;

import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleFileException;
import dev.weir.topology.PipelineSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** What {@code weir check rules} does: reads every file, prints what it holds or every fault of it. */
public final class RuleCheck {
    private RuleCheck() {}

    /** True if all files are good. */
    public static boolean check(Collection<Path> files, Duration defaultInterval, PrintWriter out, PrintWriter err) {
        boolean good = true;
        for (Path file : files) {
            try {
                String yaml = Files.readString(file, StandardCharsets.UTF_8);
                RuleFile rules = RuleFile.parse(file.toString(), yaml, defaultInterval, PipelineSettings.PANE);
                int count = rules.groups().stream()
                        .mapToInt(group -> group.rules().size())
                        .sum();
                out.println(file + ": " + rules.groups().size() + " groups, " + count + " rules");
            } catch (RuleFileException faulty) {
                faulty.faults().forEach(err::println);
                good = false;
            } catch (NoSuchFileException missing) {
                err.println(file + ": file is missing");
                good = false;
            } catch (IOException unreadable) {
                err.println(file + ": cannot be read: " + unreadable.getMessage());
                good = false;
            }
        }
        out.flush();
        err.flush();
        return good;
    }
}
