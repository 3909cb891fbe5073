package dev.weir.app.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.alerting.group.GroupEvaluator;
import dev.weir.alerting.group.GroupTick;
import dev.weir.alerting.group.MemoryState;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.alerts.AlertState;
import dev.weir.alerts.AlertTransition;
import dev.weir.app.deploy.Checkout;
import dev.weir.testing.workload.Scenario;
import dev.weir.testing.workload.Scenarios;
import dev.weir.testing.workload.Workload;
import dev.weir.topology.PipelineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pack over three hours of the events of all systems: every alert fires in its incident and is over at the end. */
final class ScenarioRulesTest {
    private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");
    private static final EventPanes PANES = new EventPanes();

    @BeforeAll
    static void play() {
        Workload.of(7, START, Scenarios.systems())
                .events(START, START.plus(Scenario.HISTORY))
                .forEach(PANES::add);
    }

    static Stream<Scenario> systems() {
        return Scenarios.systems().stream();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everyAlertFiresInItsIncidentAndResolves(Scenario scenario) {
        List<AlertTransition> transitions = run(scenario.name());

        assertThat(PackRule.of(scenario.name()).stream().filter(PackRule::isAlert))
                .allSatisfy(alert -> {
                    List<AlertTransition> fired = of(alert, AlertState.FIRING, transitions);
                    assertThat(fired)
                            .as(alert.toString())
                            .isNotEmpty()
                            .hasSameSizeAs(of(alert, AlertState.RESOLVED, transitions))
                            .allSatisfy(firing -> assertThat(scenario.incidents())
                                    .as(firing.toString())
                                    .anyMatch(incident -> incident.alerts().contains(alert.name())
                                            && START.plus(incident.start()).isBefore(firing.getEvaluatedAt())
                                            && START.plus(incident.end())
                                                    .plusSeconds(60)
                                                    .isAfter(firing.getEvaluatedAt())));
                });
    }

    private static List<AlertTransition> run(String pack) {
        List<AlertTransition> transitions = new ArrayList<>();
        String file = pack + ".yml";
        RuleFile rules =
                RuleFile.parse(file, Checkout.text("rules/" + file), Duration.ofMinutes(1), PipelineSettings.PANE);
        for (RuleGroup group : rules.groups()) {
            GroupEvaluator evaluator = new GroupEvaluator(group, EvaluatorSettings.DEFAULTS);
            MemoryState state = new MemoryState();
            Instant end = START.plus(Scenario.HISTORY);
            for (Instant tick = START.plus(group.interval()); !tick.isAfter(end); tick = tick.plus(group.interval())) {
                GroupTick result = evaluator.evaluate(tick.toEpochMilli(), PANES, state);
                assertThat(result.failures()).isEmpty();
                result.recorded().forEach(PANES::add);
                transitions.addAll(result.transitions());
            }
        }
        return transitions;
    }

    private static List<AlertTransition> of(PackRule alert, AlertState state, List<AlertTransition> transitions) {
        return transitions.stream()
                .filter(transition -> transition.getState() == state
                        && transition.getAlertname().equals(alert.name())
                        && alert.definition().get("labels").properties().stream()
                                .allMatch(label -> label.getValue()
                                        .asText()
                                        .equals(transition.getLabels().get(label.getKey()))))
                .toList();
    }
}
