package dev.weir.alerting.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * How many rules of a folder load: our own packs, or {@code -Dweir.rules.collection=DIR} with the least share that must
 * load, {@code -Dweir.rules.share=0.97}. Takes rule files and PrometheusRule manifests, each rule by itself.
 */
final class RuleCollectionTest {
    private static final Path COLLECTION = Path.of(System.getProperty("weir.rules.collection", "../rules"));
    private static final double LEAST_SHARE = Double.parseDouble(System.getProperty("weir.rules.share", "1"));

    @Test
    void theRulesOfTheFolderLoad() throws IOException {
        int rules = 0;
        Map<String, List<String>> refused = new TreeMap<>();
        for (Path file : files()) {
            for (Map<?, ?> rule : rules(file)) {
                rules++;
                fault(rule)
                        .ifPresent(fault -> refused.computeIfAbsent(fault, absent -> new ArrayList<>())
                                .add(file.getFileName() + " " + rule.get("alert") + " " + rule.get("expr")));
            }
        }
        int count = refused.values().stream().mapToInt(List::size).sum();
        double share = 1 - (double) count / rules;
        StringBuilder report = new StringBuilder();
        report.append("%s: %d of %d rules load, %.2f %%%n".formatted(COLLECTION, rules - count, rules, share * 100));
        refused.forEach((fault, examples) -> {
            report.append("  %d × %s%n".formatted(examples.size(), fault));
            examples.stream()
                    .limit(3)
                    .forEach(example -> report.append("      ")
                            .append(example.replaceAll("\\s+", " "))
                            .append('\n'));
        });
        System.out.print(report);
        assertThat(rules).isPositive();
        assertThat(share).as(report.toString()).isGreaterThanOrEqualTo(LEAST_SHARE);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(COLLECTION)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Map<?, ?>> rules(Path file) throws IOException {
        List<Map<?, ?>> rules = new ArrayList<>();
        Load load = new Load(LoadSettings.builder().build());
        for (Object document : load.loadAllFromString(Files.readString(file))) {
            if (document instanceof Map<?, ?> map) {
                Object top = map.get("spec") instanceof Map<?, ?> spec ? spec : map;
                for (Map<?, ?> group : mappings(top, "groups")) {
                    rules.addAll(mappings(group, "rules"));
                }
            }
        }
        return rules.stream().filter(rule -> rule.containsKey("expr")).toList();
    }

    private static List<Map<?, ?>> mappings(Object holder, String key) {
        List<Map<?, ?>> mappings = new ArrayList<>();
        if (holder instanceof Map<?, ?> map && map.get(key) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> mapping) {
                    mappings.add(mapping);
                }
            }
        }
        return mappings;
    }

    /** The first fault without what is particular to the rule. */
    private static Optional<String> fault(Map<?, ?> rule) {
        String yaml = new Dump(DumpSettings.builder().build())
                .dumpToString(Map.of("groups", List.of(Map.of("name", "g", "rules", List.of(rule)))));
        try {
            RuleFile.parse("f.yml", yaml, Duration.ofMinutes(1), Duration.ofSeconds(10));
            return Optional.empty();
        } catch (RuleFileException e) {
            return Optional.of(e.faults().get(0).message());
        }
    }
}
