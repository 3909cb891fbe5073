package dev.weir.testing.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays each scenario with all others and judges the raw events by conditions of its own. */
class ScenarioAlertsTest {
    private static final Instant START = Instant.parse("2026-03-04T05:00:07Z");
    private static final Duration TICK = Duration.ofSeconds(30);
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Path RULES = Path.of("..", "rules");

    /** When the condition held, and when the alert fired, in time since the start. */
    private record Course(Set<Duration> held, Set<Duration> firing) {}

    static Stream<Scenario> systems() {
        return Scenarios.systems().stream();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everyAlertOfThePackIsRaisedByAnIncident(Scenario scenario) throws IOException {
        assertThat(alertsOfIncidents(scenario)).isEqualTo(alertsOfPack(scenario.name()));
        Set<String> judged = new TreeSet<>();
        AlertConditions.of(scenario.name()).forEach(condition -> judged.add(condition.alert()));
        assertThat(judged).isEqualTo(alertsOfPack(scenario.name()));
    }

    static Stream<Arguments> plays() {
        return Stream.of("2026-03-04T05:00:07Z", "2026-03-04T13:00:00Z", "2026-11-30T22:29:59.999Z")
                .map(Instant::parse)
                .flatMap(start -> systems().map(scenario -> Arguments.of(scenario, start)));
    }

    @ParameterizedTest
    @MethodSource("plays")
    void alertsFireInTheirIncidentsAndNowhereElse(Scenario scenario, Instant start) {
        Workload workload = Workload.of(start.toEpochMilli(), start, Scenarios.systems());
        var log = new EventLog(workload.events(start, start.plus(Scenario.HISTORY)));
        Map<String, Set<Incident>> seen = new TreeMap<>();
        for (AlertCondition condition : AlertConditions.of(scenario.name())) {
            Course course = course(condition, log, start, TICK, Scenario.HISTORY);
            assertHoldsOnlyInIncidents(condition, course, scenario);
            assertThat(course.firing())
                    .as("firing of %s", condition)
                    .isNotEmpty()
                    .doesNotContain(Scenario.HISTORY);
            seen.computeIfAbsent(condition.alert(), name -> new HashSet<>())
                    .addAll(incidentsDuring(scenario, condition.alert(), course.firing()));
        }
        for (Incident incident : scenario.incidents()) {
            incident.alerts()
                    .forEach(alert -> assertThat(seen.get(alert)).as(alert).contains(incident));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void demoIncidentFiresAndResolvesWithinAMinute(long seed) {
        Duration incidentStart = Duration.ofSeconds(43);
        Duration incidentEnd = incidentStart.plusSeconds(20);
        Scenario scenario = Scenarios.checkout(incidentStart, incidentEnd);
        Duration length = Duration.ofMinutes(5);
        var log = new EventLog(Workload.of(seed, START, List.of(scenario)).events(START, START.plus(length)));
        for (AlertCondition condition : AlertConditions.of("demo")) {
            Course course = course(condition, log, START, Duration.ofSeconds(10), length);
            assertHoldsOnlyInIncidents(condition, course, scenario);
            assertThat(course.firing())
                    .as("firing of %s with seed %d", condition, seed)
                    .isNotEmpty()
                    .allMatch(time ->
                            time.compareTo(incidentStart) > 0 && time.compareTo(incidentStart.plusSeconds(60)) < 0);
        }
    }

    private static void assertHoldsOnlyInIncidents(AlertCondition condition, Course course, Scenario scenario) {
        assertThat(course.held())
                .as("times at which %s holds", condition)
                .allMatch(time -> scenario.incidents().stream()
                        .filter(incident -> incident.alerts().contains(condition.alert()))
                        .anyMatch(incident -> time.compareTo(incident.start()) > 0
                                && time.compareTo(incident.end()
                                                .plus(condition.memory())
                                                .plus(TICK))
                                        <= 0));
    }

    private static Course course(
            AlertCondition condition, EventLog log, Instant start, Duration tick, Duration length) {
        Set<Duration> held = new TreeSet<>();
        Set<Duration> firing = new TreeSet<>();
        Map<String, Duration> activeSince = new HashMap<>();
        // The first ticks have seen no event yet, and silence is a condition of some alerts.
        for (Duration time = tick.plus(tick); time.compareTo(length) <= 0; time = time.plus(tick)) {
            Set<String> groups = condition.groupsThatHold(log, start.plus(time));
            activeSince.keySet().retainAll(groups);
            for (String group : groups) {
                held.add(time);
                activeSince.putIfAbsent(group, time);
                if (time.minus(activeSince.get(group)).compareTo(condition.hold()) >= 0) {
                    firing.add(time);
                }
            }
        }
        return new Course(held, firing);
    }

    private static Set<Incident> incidentsDuring(Scenario scenario, String alert, Set<Duration> firing) {
        Set<Incident> incidents = new HashSet<>();
        for (Incident incident : scenario.incidents()) {
            boolean during = firing.stream()
                    .anyMatch(time -> time.compareTo(incident.start()) > 0
                            && time.compareTo(incident.end().plusMinutes(1)) <= 0);
            if (during && incident.alerts().contains(alert)) {
                incidents.add(incident);
            }
        }
        return incidents;
    }

    private static Set<String> alertsOfIncidents(Scenario scenario) {
        Set<String> alerts = new TreeSet<>();
        scenario.incidents().forEach(incident -> alerts.addAll(incident.alerts()));
        return alerts;
    }

    private static Set<String> alertsOfPack(String pack) throws IOException {
        Set<String> alerts = new TreeSet<>();
        Matcher matcher = ALERT.matcher(Files.readString(RULES.resolve(pack + ".yml")));
        while (matcher.find()) {
            alerts.add(matcher.group(1));
        }
        return alerts;
    }
}
