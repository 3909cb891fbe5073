package dev.weir.topology.ruleset;

import dev.weir.alerting.fingerprint.Fnv64;
import dev.weir.alerting.plan.Selection;
import dev.weir.alerting.rulefile.Fault;
import dev.weir.alerting.rulefile.Rule;
import dev.weir.alerting.rulefile.RuleFile;
import dev.weir.alerting.rulefile.RuleFileException;
import dev.weir.alerting.rulefile.RuleGroup;
import dev.weir.series.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rule groups of some files, and which series each of them reads. Immutable. */
public final class RuleSet {
    private final SortedMap<String, String> texts;
    private final Duration defaultInterval;
    private final Duration pane;
    private final long id;
    private final Map<String, RuleUnit> units = new LinkedHashMap<>();
    private final Map<String, Placement> placements = new HashMap<>();
    /** By the name of a series that the selection may read. */
    private final Map<String, List<Reading>> readings = new HashMap<>();
    /** Those whose selector names no metric. */
    private final List<Reading> readingsOfAny = new ArrayList<>();

    private record Reading(String group, Selection selection) {}

    private RuleSet(SortedMap<String, String> texts, Duration defaultInterval, Duration pane, List<RuleFile> files) {
        this.texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        this.defaultInterval = defaultInterval;
        this.pane = pane;
        Fnv64 hash = new Fnv64();
        hash.add(defaultInterval.toString()).add(pane.toString());
        texts.forEach((name, text) -> hash.add(name).add(text));
        id = Long.parseUnsignedLong(hash.hex(), 16);
        List<RuleGroup> groups =
                files.stream().flatMap(file -> file.groups().stream()).toList();
        Dependencies dependencies = new Dependencies(groups);
        for (RuleGroup group : groups) {
            RuleUnit unit = dependencies.unit(group);
            units.put(unit.id(), unit);
            placements.put(unit.id(), unit.placement());
            for (Selection selection : unit.selections()) {
                add(new Reading(unit.id(), selection));
            }
        }
    }

    private void add(Reading reading) {
        if (reading.selection().metric().isEmpty()) {
            readingsOfAny.add(reading);
        }
        for (String name : reading.selection().seriesNames()) {
            readings.computeIfAbsent(name, absent -> new ArrayList<>()).add(reading);
        }
    }

    /**
     * Reads rule files.
     *
     * @param texts by name, which all messages and group ids begin with
     * @param defaultInterval of groups that give none
     * @param pane length of a pane
     * @throws InvalidRulesException with every fault of every file, if there is one
     */
    public static RuleSet parse(Map<String, String> texts, Duration defaultInterval, Duration pane) {
        List<RuleFile> files = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        SortedMap<String, String> sorted = new TreeMap<>(texts);
        sorted.forEach((name, text) -> {
            try {
                files.add(RuleFile.parse(name, text, defaultInterval, pane));
            } catch (RuleFileException e) {
                faults.addAll(e.faults());
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        return new RuleSet(sorted, defaultInterval, pane, files);
    }

    /** No rules. */
    public static RuleSet none(Duration pane) {
        return parse(Map.of(), pane, pane);
    }

    /** A hash of the texts and of what they are read with: sets of one id are the same. */
    public long id() {
        return id;
    }

    /** The files by name. */
    public SortedMap<String, String> texts() {
        return texts;
    }

    Duration defaultInterval() {
        return defaultInterval;
    }

    Duration pane() {
        return pane;
    }

    /** All groups, in the order of the files. */
    public Collection<RuleUnit> units() {
        return Collections.unmodifiableCollection(units.values());
    }

    public Optional<RuleUnit> unit(String group) {
        return Optional.ofNullable(units.get(group));
    }

    public boolean has(String group) {
        return units.containsKey(group);
    }

    /** Where a group is evaluated; empty if there is none of that id. */
    public Optional<Placement> placement(String group) {
        return Optional.ofNullable(placements.get(group));
    }

    /** Where panes of this series go. Asked once for each series that becomes active. */
    public List<Route> routes(Series series, int partitions) {
        List<String> groups = groupsSelecting(series);
        if (groups.isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> labels = series.allLabels();
        return groups.stream()
                .map(group -> new Route(group, partition(group, labels, partitions)))
                .toList();
    }

    private int partition(String group, Map<String, String> labels, int partitions) {
        return placement(group).orElseThrow().partition(labels, partitions);
    }

    /** The ids of the groups that read this series. Asked once for each series that becomes active. */
    public List<String> groupsSelecting(Series series) {
        List<Reading> ofName = readings.getOrDefault(series.metric(), List.of());
        if (ofName.isEmpty() && readingsOfAny.isEmpty()) {
            return List.of();
        }
        return Stream.concat(ofName.stream(), readingsOfAny.stream())
                .filter(reading -> reading.selection().selects(series))
                .map(Reading::group)
                .distinct()
                .toList();
    }

    /** How far behind a tick the oldest pane lies that a group reads. */
    public Duration range(String group) {
        return unit(group).map(RuleUnit::range).orElse(Duration.ZERO);
    }

    /** The names of the series that rules record. */
    public Set<String> recordedMetrics() {
        return units.values().stream()
                .flatMap(unit -> unit.group().rules().stream())
                .filter(rule -> rule instanceof Rule.Recording)
                .map(Rule::name)
                .collect(Collectors.toSet());
    }

    /** The series that any rule reads. */
    public ReadSeries read() {
        return new ReadSeries(id, series -> !groupsSelecting(series).isEmpty());
    }
}
