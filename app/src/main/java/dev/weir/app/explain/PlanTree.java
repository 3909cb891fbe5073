package dev.weir.app.explain;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.Negation;
import dev.weir.alerting.promql.Expr.NumberLiteral;
import dev.weir.alerting.promql.Expr.RangeSelector;
import dev.weir.alerting.promql.Expr.StringLiteral;
import dev.weir.alerting.promql.ExprText;
import java.util.ArrayList;
import java.util.List;

/** An expression as a tree, one operator a line; numbers and texts stand with the operator that they are for. */
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
            String left = isLiteral(binary.left()) ? ExprText.of(binary.left()) + " " : "";
            String right = isLiteral(binary.right()) ? " " + ExprText.of(binary.right()) : "";
            return left + ExprText.head(expr) + right;
        }
        List<String> literals = expr.parts().stream()
                .filter(PlanTree::isLiteral)
                .map(ExprText::of)
                .toList();
        return literals.isEmpty() ? ExprText.head(expr) : ExprText.head(expr) + " " + String.join(", ", literals);
    }

    private static List<Expr> branches(Expr expr) {
        return expr instanceof RangeSelector
                ? List.of()
                : expr.parts().stream()
                        .map(Expr::unwrapped)
                        .filter(part -> !isLiteral(part))
                        .toList();
    }

    private static boolean isLiteral(Expr expr) {
        Expr inner = expr.unwrapped();
        return inner instanceof NumberLiteral
                || inner instanceof StringLiteral
                || (inner instanceof Negation negation && isLiteral(negation.operand()));
    }
}
