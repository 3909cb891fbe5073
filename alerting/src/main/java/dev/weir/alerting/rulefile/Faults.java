package dev.weir.alerting.rulefile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects the faults of one file. */
final class Faults {
    private final String file;
    private final String yaml;
    private final List<Fault> faults = new ArrayList<>();

    Faults(String file, String yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    void add(Node node, String message) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0);
        int column = node.getStartMark().map(Mark::getColumn).orElse(0);
        add(line + 1, column + 1, message);
    }

    /** A fault at an offset of the text that the scalar holds. */
    void add(ScalarNode node, int offset, String message) {
        ScalarPosition position = ScalarPosition.of(yaml, node, offset);
        add(position.line(), position.column(), message);
    }

    void add(int line, int column, String message) {
        faults.add(new Fault(file, line, column, message));
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            Collections.sort(faults);
            throw new RuleFileException(faults);
        }
    }
}
