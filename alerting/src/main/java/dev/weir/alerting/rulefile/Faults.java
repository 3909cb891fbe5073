package dev.weir.alerting.rulefile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects the faults of one file, the first {@value #MAX_FAULTS} of them. One thread. */
public final class Faults {
    private static final int MAX_FAULTS = 1_000;

    private final String file;
    private final String yaml;
    private final List<Fault> faults = new ArrayList<>();

    /** No faults yet; {@code yaml} is the text of the file. */
    public Faults(String file, String yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    /** A fault where the node begins. */
    public void add(Node node, String message) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0);
        int column = node.getStartMark().map(Mark::getColumn).orElse(0);
        add(line + 1, column + 1, message);
    }

    /** A fault at an offset of the text that the scalar holds. */
    public void add(ScalarNode node, int offset, String message) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(at(node, offset, message));
        }
    }

    /** Such a fault by itself: it is not collected. */
    public Fault at(ScalarNode node, int offset, String message) {
        ScalarPosition position = ScalarPosition.of(yaml, node, offset);
        return new Fault(file, position.line(), position.column(), message);
    }

    void add(int line, int column, String message) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(file, line, column, message));
        }
    }

    /**
     * Ends the reading of the file if it has a fault.
     *
     * @throws RuleFileException with all of them
     */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            Collections.sort(faults);
            throw new RuleFileException(faults);
        }
    }
}
