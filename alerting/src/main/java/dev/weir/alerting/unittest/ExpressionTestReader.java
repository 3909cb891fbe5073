package dev.weir.alerting.unittest;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.PromqlException;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.alerting.promql.ValueType;
import dev.weir.alerting.rulefile.Faults;
import dev.weir.alerting.rulefile.YamlMapping;
import dev.weir.alerting.unittest.RuleTest.Content;
import dev.weir.alerting.unittest.RuleTest.ExpressionTest;
import dev.weir.alerting.unittest.RuleTest.ValuedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the expectations of expressions. A faulty expression or metric fails its own test alone, as in promtool. */
final class ExpressionTestReader {
    private final RuleTestReader tests;
    private final Faults faults;

    ExpressionTestReader(RuleTestReader tests, Faults faults) {
        this.tests = tests;
        this.faults = faults;
    }

    ExpressionTest read(Node node) {
        YamlMapping test = YamlMapping.of(node, "a promql_expr_test", faults);
        test.expectKeys("a promql_expr_test", Set.of("expr", "eval_time", "exp_samples"), Map.of());
        Optional<ScalarNode> expr = test.scalar("expr");
        if (expr.isEmpty()) {
            faults.add(node, "a promql_expr_test must have the key \"expr\"");
        }
        Content content = expr.map(scalar -> readContent(scalar, test.sequence("exp_samples")))
                .orElseGet(() -> new Content.Faulty(""));
        return new ExpressionTest(RuleTestReader.text(test, "expr"), tests.readEvalTime(test), content);
    }

    private Content readContent(ScalarNode exprNode, List<Node> samples) {
        List<ValuedSample> expected = new ArrayList<>();
        List<String> faulty = new ArrayList<>();
        samples.forEach(sample -> readSample(sample, expected, faulty));
        try {
            Expr expr = PromqlParser.parse(exprNode.getValue());
            if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.INSTANT_VECTOR) {
                return new Content.Faulty("rule result is not a vector or scalar");
            }
            return faulty.isEmpty() ? new Content.Valid(expr, expected) : new Content.Faulty(faulty.get(0));
        } catch (PromqlException e) {
            return new Content.Faulty(
                    faults.at(exprNode, e.position().offset(), e.fault()).toString());
        }
    }

    private void readSample(Node node, List<ValuedSample> expected, List<String> faulty) {
        YamlMapping sample = YamlMapping.of(node, "a sample", faults);
        sample.expectKeys("a sample", Set.of("labels", "value"), Map.of());
        Optional<ScalarNode> labels = sample.scalar("labels");
        double value = sample.scalar("value").map(this::readValue).orElse(0.0);
        try {
            expected.add(new ValuedSample(
                    MetricText.parse(labels.map(ScalarNode::getValue).orElse("")), value));
        } catch (NotationException e) {
            ScalarNode text = labels.orElseThrow();
            faulty.add("labels \"" + text.getValue() + "\": " + faults.at(text, e.offset(), e.fault()));
        }
    }

    private double readValue(ScalarNode node) {
        Optional<Double> number =
                node.getScalarStyle() == ScalarStyle.PLAIN ? YamlNumber.parse(node.getValue()) : Optional.empty();
        if (number.isEmpty()) {
            faults.add(node, "value is \"" + node.getValue() + "\", must be a number");
        }
        return number.orElse(0.0);
    }
}
