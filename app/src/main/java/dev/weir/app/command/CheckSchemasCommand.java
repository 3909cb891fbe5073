package dev.weir.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.store.SchemaFinding;
import dev.weir.app.store.StoreDatabase;
import dev.weir.app.store.SubjectCheck;
import dev.weir.app.store.TableCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares what this build needs with what is deployed. */
@Command(
        name = "schemas",
        header =
                "Compare the Avro and SQL schemas of this build with the registry and the database; name each mismatch.",
        description = {
            "%nA fault is what Weir cannot work with: a missing or changed table, column, index or function, a migration that is",
            "not applied, a subject that this build cannot read or whose readers cannot read it. Anything else is a note: what is",
            "extra, a subject that nothing was written with yet.%n"
        },
        footer = "%nExit status: 0 equal, 1 faults or no answer, 2 wrong command line, 3 notes but no fault.")
final class CheckSchemasCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--json", description = "Print a list of {what, problem, fault}.")
    private boolean json;

    @Override
    public Integer call() {
        WeirConfig read = config.read(Map.of()).config();
        List<SchemaFinding> findings = new ArrayList<>(SubjectCheck.findings(read));
        findings.addAll(TableCheck.findings(new StoreDatabase(read.store())));
        print(findings);
        if (findings.stream().anyMatch(SchemaFinding::fault)) {
            return ExitStatus.INVALID;
        }
        return findings.isEmpty() ? ExitStatus.OK : ExitStatus.LINT;
    }

    private void print(List<SchemaFinding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode list = JSON.createArrayNode();
            findings.forEach(finding -> list.addObject()
                    .put("what", finding.what())
                    .put("problem", finding.problem())
                    .put("fault", finding.fault()));
            out.println(list.toPrettyString());
        } else if (findings.isEmpty()) {
            out.println("the schemas deployed are those of this build");
        } else {
            findings.forEach(finding -> out.println((finding.fault() ? "fault: " : "note: ") + finding));
        }
        out.flush();
    }
}
