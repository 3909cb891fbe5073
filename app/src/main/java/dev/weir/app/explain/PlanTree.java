package dev.weir.app.explain;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.ExprText;
import java.util.ArrayList;
import java.util.List;

/** An expression as a tree, one operator a line; numbers stand with the operator that they are for. */
final class PlanTree {
    private PlanTree() {}

    static List<String> lines(Expr expr) {
        List<String> lines = new ArrayList<>();
        add(expr.unwrapped(), "", "", lines);
        return lines;
    }

    private static void add(Expr expr, String first, String rest, List<String> lines) {
        lines.add(first + label(expr));
        List<Expr> branches = branches(expr);
        for (int i = 0; i < branches.size(); i++) {
            boolean last = i == branches.size() - 1;
            add(branches.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), lines);
        }
    }

    private static String label(Expr expr) {
        if (expr instanceof Binary binary) {
            String left = isNumber(binary.left()) ? ExprText.of(binary.left()) + " " : "";
            String right = isNumber(binary.right()) ? " " + ExprText.of(binary.right()) : "";
            return left + ExprText.head(expr) + right;
        }
        List<String> numbers = expr.parts().stream()
                .filter(PlanTree::isNumber)
                .map(ExprText::of)
                .toList();
        return numbers.isEmpty() ? ExprText.head(expr) : ExprText.head(expr) + " " + String.join(", ", numbers);
    }

    private static List<Expr> branches(Expr expr) {
        return expr instanceof RangeSelector
                ? List.of()
                : expr.parts().stream()
                        .map(Expr::unwrapped)
                        .filter(part -> !isNumber(part))
                        .toList();
    }

    private static boolean isNumber(Expr expr) {
        return expr.unwrapped() instanceof NumberLiteral;
    }
}
