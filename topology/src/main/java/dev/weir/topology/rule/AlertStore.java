package dev.weir.topology.rule;

import dev.weir.alerting.group.GroupState;
import dev.weir.alerting.lifecycle.ActiveAlert;
import dev.weir.alerting.lifecycle.Phase;
import dev.weir.series.Series;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the rules of a partition remember from tick to tick: their alerts, (rule, fingerprint) → alert, and the series they
 * recorded, (rule) → series. In memory and written through to changelogged stores. One thread.
 *
 * <p>Alerts that ended stay for their sequence numbers, by the wall clock for longer than the alerts topic keeps their
 * transitions; then they are forgotten but for the greatest number among those of their rule, behind which a new alert begins.
 * So no number of a fingerprint ever repeats, and there is a gap only where the records before it are gone from the topic. The
 * values in the store are {@link StoredAlert}s.
 */
final class AlertStore {
    private static final char SEPARATOR = '\0';

    private final KeyValueStore<String, byte[]> alertStore;
    private final KeyValueStore<String, byte[]> recordedStore;
    /** How many alerts that ended are remembered of a rule. */
    private final int mostEnded;

    private final RuleMetrics metrics;
    private final LongSupplier wallClockMs;
    private final Map<String, Map<String, ActiveAlert>> alerts = new TreeMap<>();
    /** By rule, when its alerts that ended did so, by the wall clock. */
    private final Map<String, Map<String, Long>> endedMs = new HashMap<>();

    private final Map<String, Set<Series>> recorded = new HashMap<>();

    AlertStore(
            KeyValueStore<String, byte[]> alertStore,
            KeyValueStore<String, byte[]> recordedStore,
            int mostEnded,
            RuleMetrics metrics,
            LongSupplier wallClockMs) {
        this.mostEnded = mostEnded;
        this.metrics = metrics;
        this.wallClockMs = wallClockMs;
        this.alertStore = alertStore;
        this.recordedStore = recordedStore;
        try (KeyValueIterator<String, byte[]> stored = alertStore.all()) {
            stored.forEachRemaining(entry -> {
                String rule = entry.key.substring(0, entry.key.lastIndexOf(SEPARATOR));
                StoredAlert value = StoredAlert.of(entry.value);
                remember(rule, value.alert(), value.changedMs());
            });
        }
        try (KeyValueIterator<String, byte[]> stored = recordedStore.all()) {
            stored.forEachRemaining(entry -> recorded.put(entry.key, decode(entry.value)));
        }
    }

    /** The state of the rules that a unit evaluates: its own group's, and those before it under the unit's name. */
    GroupState of(String unit, String group) {
        String prefix = prefix(unit, group);
        return new GroupState() {
            @Override
            public Map<String, ActiveAlert> alerts(String rule) {
                return alertsOf(prefix + rule);
            }

            @Override
            public void putAlerts(String rule, Map<String, ActiveAlert> next) {
                AlertStore.this.putAlerts(prefix + rule, next);
            }

            @Override
            public Set<Series> recorded(String rule) {
                return recorded.getOrDefault(prefix + rule, Set.of());
            }

            @Override
            public void putRecorded(String rule, Set<Series> series) {
                AlertStore.this.putRecorded(prefix + rule, series);
            }
        };
    }

    /** What keys of rules begin with in stores. */
    static String prefix(String unit, String group) {
        return unit.equals(group) ? "" : unit + SEPARATOR;
    }

    /** Sets alerts of a rule; those that are not named stay as they are. */
    void putAlerts(String rule, Map<String, ActiveAlert> next) {
        Map<String, ActiveAlert> before = alertsOf(rule);
        long nowMs = wallClockMs.getAsLong();
        next.forEach((fingerprint, alert) -> {
            if (!alert.equals(before.get(fingerprint))) {
                put(rule, alert, nowMs);
            }
        });
    }

    private void put(String rule, ActiveAlert alert, long nowMs) {
        remember(rule, alert, nowMs);
        alertStore.put(rule + SEPARATOR + alert.fingerprint(), new StoredAlert(nowMs, alert).toBytes());
    }

    private void remember(String rule, ActiveAlert alert, long changedMs) {
        alertsOf(rule).put(alert.fingerprint(), alert);
        Map<String, Long> ended = endedMs.computeIfAbsent(rule, absent -> new HashMap<>());
        if (alert.phase() == Phase.CLOSED && !alert.fingerprint().equals(ActiveAlert.FORGOTTEN)) {
            ended.put(alert.fingerprint(), changedMs);
        } else {
            ended.remove(alert.fingerprint());
        }
    }

    /** Forgets alerts that ended so long ago, and of a rule with too many the first that ended. */
    void forget(Duration kept) {
        long nowMs = wallClockMs.getAsLong();
        endedMs.forEach((rule, ended) -> {
            List<String> first = ended.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .toList();
            for (String fingerprint : first) {
                long endedAgoMs = nowMs - ended.getOrDefault(fingerprint, nowMs);
                boolean isOld = endedAgoMs > kept.toMillis();
                if (!isOld && ended.size() > mostEnded) {
                    metrics.forgotten(rule, mostEnded);
                }
                if (isOld || ended.size() > mostEnded) {
                    forget(rule, fingerprint, nowMs);
                    ended.remove(fingerprint);
                }
            }
        });
    }

    private void forget(String rule, String fingerprint, long nowMs) {
        Map<String, ActiveAlert> all = alertsOf(rule);
        ActiveAlert alert = all.remove(fingerprint);
        alertStore.delete(rule + SEPARATOR + fingerprint);
        ActiveAlert forgotten = all.get(ActiveAlert.FORGOTTEN);
        if (alert != null && (forgotten == null || forgotten.sequence() < alert.sequence())) {
            put(rule, ActiveAlert.forgotten(alert.sequence()), nowMs);
        }
    }

    /** Takes out all alerts of a rule. */
    Map<String, ActiveAlert> removeAlerts(String rule) {
        endedMs.remove(rule);
        Map<String, ActiveAlert> removed = alerts.remove(rule);
        if (removed == null) {
            return Map.of();
        }
        removed.keySet().forEach(fingerprint -> alertStore.delete(rule + SEPARATOR + fingerprint));
        return removed;
    }

    /** Takes an alert, as an entry of the store. */
    interface Taker {
        void take(ActiveAlert alert, String key, byte[] value);
    }

    /** Takes out all alerts of some rules. */
    void removeAlerts(Predicate<String> rules, Taker taker) {
        for (String rule : List.copyOf(alerts.keySet())) {
            if (rules.test(rule)) {
                alertsOf(rule).forEach((fingerprint, alert) -> {
                    String key = rule + SEPARATOR + fingerprint;
                    taker.take(alert, key, alertStore.get(key));
                });
                removeAlerts(rule);
            }
        }
    }

    /** Puts an entry of the store of another partition; of two alerts of one fingerprint that of the greater number stays. */
    void add(String key, byte[] value) {
        int end = key.lastIndexOf(SEPARATOR);
        ActiveAlert known = alertsOf(key.substring(0, end)).get(key.substring(end + 1));
        StoredAlert stored = StoredAlert.of(value);
        if (known == null || known.sequence() < stored.alert().sequence()) {
            remember(key.substring(0, end), stored.alert(), stored.changedMs());
            alertStore.put(key, value);
        }
    }

    /** True if a rule has an alert that has not ended, or recorded something at its last tick. */
    boolean isAtWork(String rule) {
        Map<String, ActiveAlert> all = alerts.getOrDefault(rule, Map.of());
        int ended = endedMs.getOrDefault(rule, Map.of()).size() + (all.containsKey(ActiveAlert.FORGOTTEN) ? 1 : 0);
        return all.size() > ended || recorded.containsKey(rule);
    }

    /** Takes out the series that a rule recorded, and shows each as a value of the store. */
    void removeRecorded(String rule, BiConsumer<Series, byte[]> taker) {
        recorded.getOrDefault(rule, Set.of()).forEach(series -> taker.accept(series, encode(Set.of(series))));
        putRecorded(rule, Set.of());
    }

    /** Adds series that a rule recorded in another partition. */
    void addRecorded(String rule, byte[] value) {
        Set<Series> all = new LinkedHashSet<>(recorded.getOrDefault(rule, Set.of()));
        all.addAll(decode(value));
        putRecorded(rule, all);
    }

    private void putRecorded(String rule, Set<Series> series) {
        Set<Series> before = series.isEmpty() ? recorded.remove(rule) : recorded.put(rule, Set.copyOf(series));
        if (series.isEmpty() && before != null) {
            recordedStore.delete(rule);
        } else if (!series.isEmpty() && !series.equals(before)) {
            recordedStore.put(rule, encode(series));
        }
    }

    /** Forgets what other rules than these recorded. */
    void retainRecorded(Set<String> rules) {
        for (String rule : new ArrayList<>(recorded.keySet())) {
            if (!rules.contains(rule)) {
                putRecorded(rule, Set.of());
            }
        }
    }

    private Map<String, ActiveAlert> alertsOf(String rule) {
        return alerts.computeIfAbsent(rule, absent -> new HashMap<>());
    }

    private static byte[] encode(Set<Series> series) {
        ByteOutput out = new ByteOutput(1 << 8);
        for (Series one : series) {
            byte[] bytes = SeriesCodec.encode(one);
            out.putVarLong(bytes.length);
            out.putBytes(bytes, 0, bytes.length);
        }
        return out.toByteArray();
    }

    private static Set<Series> decode(byte[] bytes) {
        ByteInput in = new ByteInput().wrap(bytes);
        Set<Series> series = new LinkedHashSet<>();
        while (in.remaining() > 0) {
            int from = in.skip(in.getLength());
            series.add(SeriesCodec.decode(Arrays.copyOfRange(bytes, from, in.position())));
        }
        return series;
    }
}
