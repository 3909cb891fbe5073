package dev.weir.alerting.promtool;

import dev.weir.alerting.promql.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Expression as its generator made it: a text with a {@code %} for each child, so that subtrees can be dropped. */
record ExpressionNode(ValueType type, String template, List<ExpressionNode> children) {
    ExpressionNode {
        children = List.copyOf(children);
    }

    static ExpressionNode vector(String template, ExpressionNode... children) {
        return new ExpressionNode(ValueType.INSTANT_VECTOR, template, List.of(children));
    }

    static ExpressionNode scalar(String template, ExpressionNode... children) {
        return new ExpressionNode(ValueType.SCALAR, template, List.of(children));
    }

    /** A template stands for a percent sign as {@code %%}. */
    String text() {
        StringBuilder out = new StringBuilder();
        int child = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '%') {
                out.append(c);
            } else if (template.startsWith("%%", i)) {
                out.append('%');
                i++;
            } else {
                out.append(children.get(child++).text());
            }
        }
        return out.toString();
    }

    /** All expressions with one subtree less. */
    List<ExpressionNode> smaller() {
        List<ExpressionNode> smaller = new ArrayList<>();
        children.stream().filter(child -> child.type == type).forEach(smaller::add);
        if (type == ValueType.SCALAR && !children.isEmpty()) {
            smaller.add(scalar("2"));
        }
        for (int i = 0; i < children.size(); i++) {
            for (ExpressionNode child : children.get(i).smaller()) {
                List<ExpressionNode> replaced = new ArrayList<>(children);
                replaced.set(i, child);
                smaller.add(new ExpressionNode(type, template, replaced));
            }
        }
        return smaller;
    }
}
