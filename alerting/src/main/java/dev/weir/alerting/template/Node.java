package dev.weir.alerting.template;

import java.util.List;
import java.util.Optional;

/** Part of a template that writes something or decides what is written. */
sealed interface Node {
    /** Text as it stands. */
    record Plain(String text) implements Node {}

    /** Writes the result of a pipeline, unless that declares variables. */
    record Action(Pipeline pipeline) implements Node {}

    /** {@code if}; an {@code else if} is one in the otherwise. */
    record If(Pipeline condition, List<Node> then, List<Node> otherwise) implements Node {}

    /** {@code with}: the dot is the value if it is not empty. */
    record With(Pipeline value, List<Node> then, List<Node> otherwise) implements Node {}

    /** {@code range}: the dot is one element after the other; of an empty value the otherwise. */
    record Range(Pipeline elements, List<Node> each, List<Node> otherwise) implements Node {}

    /** {@code template}, or a {@code block} where it stands: runs a defined template. */
    record Invoke(String name, Optional<Pipeline> dot) implements Node {}

    /** {@code break} or {@code continue}. */
    record Jump(Flow flow) implements Node {}

    /** How it goes on behind a node. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }
}
