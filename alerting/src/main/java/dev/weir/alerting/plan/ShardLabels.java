package dev.weir.alerting.plan;

import dev.weir.alerting.promql.Grouping;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels by which the series of a rule can be dealt out: series that agree on all of them are of one shard, each shard is
 * evaluated on its own, and the samples of all shards together are those of the undivided evaluation. Where that one fails,
 * as at two series that match one, shards without these have results.
 *
 * @param allBut true for all labels but {@code names}, false for {@code names} alone
 */
public record ShardLabels(boolean allBut, SortedSet<String> names) {
    /** Everything is of one shard. */
    public static final ShardLabels NONE = new ShardLabels(false, Set.of());

    /** All labels that a series has before it is read: the metric's name and the derived labels are none, nor an alert's. */
    public static final ShardLabels ALL =
            new ShardLabels(true, Set.of("__name__", "alertname", "alertstate", Selection.LE, Selection.OUTCOME));

    public ShardLabels(boolean allBut, Collection<String> names) {
        this(allBut, new TreeSet<>(names));
    }

    public ShardLabels {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** True if there is nothing to divide by. */
    public boolean singleShard() {
        return !allBut && names.isEmpty();
    }

    public boolean contains(String label) {
        return allBut != names.contains(label);
    }

    /** The labels of both. */
    public ShardLabels and(ShardLabels other) {
        if (!allBut && !other.allBut) {
            TreeSet<String> both = new TreeSet<>(names);
            both.retainAll(other.names);
            return new ShardLabels(false, both);
        }
        if (!allBut) {
            return without(other.names);
        }
        if (!other.allBut) {
            return other.without(names);
        }
        TreeSet<String> neither = new TreeSet<>(names);
        neither.addAll(other.names);
        return new ShardLabels(true, neither);
    }

    /** Those that a grouping keeps. */
    public ShardLabels and(Grouping grouping) {
        return grouping.by() ? and(new ShardLabels(false, grouping.labels())) : without(grouping.labels());
    }

    /** All but those given. */
    public ShardLabels without(Collection<String> removed) {
        TreeSet<String> changed = new TreeSet<>(names);
        if (allBut) {
            changed.addAll(removed);
        } else {
            changed.removeAll(removed);
        }
        return new ShardLabels(allBut, changed);
    }

    /** The shard of a series with these labels; an empty value is the same as no label. */
    public SortedMap<String, String> key(Map<String, String> labels) {
        TreeMap<String, String> key = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (contains(name) && !value.isEmpty()) {
                key.put(name, value);
            }
        });
        return key;
    }

    /** As {@code weir explain} says it. */
    @Override
    public String toString() {
        if (singleShard()) {
            return "a single shard";
        }
        if (!allBut) {
            return "by " + String.join(", ", names);
        }
        TreeSet<String> left = new TreeSet<>(names);
        left.removeAll(ALL.names);
        return left.isEmpty() ? "by all labels" : "by all labels but " + String.join(", ", left);
    }
}
