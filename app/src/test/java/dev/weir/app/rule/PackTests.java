package dev.weir.app.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.deploy.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The promtool tests of one pack. */
record PackTests(List<JsonNode> cases) {
    static PackTests of(String pack) {
        List<JsonNode> cases = new ArrayList<>();
        Checkout.names("rules/tests", pack + "*_test.yml")
                .forEach(file ->
                        Checkout.yaml("rules/tests/" + file).get(0).get("tests").forEach(cases::add));
        return new PackTests(cases);
    }

    /** Those whose names say that they prove this requirement. */
    PackTests proving(String row) {
        return new PackTests(cases.stream()
                .filter(test -> test.get("name").asText().contains(row))
                .toList());
    }

    /** True if one of them sees the alert fire, and not fire before and after it. */
    boolean fireAndResolve(PackRule alert) {
        return cases.stream().anyMatch(test -> {
            List<Boolean> firing = StreamSupport.stream(
                            test.path("alert_rule_test").spliterator(), false)
                    .filter(check -> check.get("alertname").asText().equals(alert.name()))
                    .map(check -> fires(check, alert))
                    .toList();
            int first = firing.indexOf(true);
            return first > 0 && firing.lastIndexOf(false) > first;
        });
    }

    /** True if one of them expects values of the recorded series. */
    boolean expectValuesOf(PackRule recording) {
        return cases.stream()
                .flatMap(test ->
                        StreamSupport.stream(test.path("promql_expr_test").spliterator(), false))
                .anyMatch(check -> check.get("expr").asText().equals(recording.name())
                        && !check.path("exp_samples").isEmpty());
    }

    private static boolean fires(JsonNode check, PackRule alert) {
        return StreamSupport.stream(check.path("exp_alerts").spliterator(), false)
                .map(expected -> expected.get("exp_labels"))
                .anyMatch(labels -> alert.definition().get("labels").properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey()))));
    }
}
