package dev.weir.sink;

import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.ResolveReason;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Alerts: {@link #transitions all their transitions}, or {@link #current the latest of each}. Both have the same columns. */
final class AlertTable implements RowTable<AlertTransition, Sourced<AlertTransition>> {
    private static final String INSERT = """
            INSERT INTO %s AS t (
                fingerprint, sequence, evaluated_at, alertname, rule_group, state, reason, labels, annotations, value,
                value_low, value_high, active_at, starts_at, ends_at, expression, rule_version)
            SELECT fingerprint, sequence, 'epoch'::timestamptz + evaluated_ms * interval '1 millisecond', alertname,
                rule_group, state, reason, labels::jsonb, annotations::jsonb, value, value_low, value_high,
                'epoch'::timestamptz + active_ms * interval '1 millisecond',
                'epoch'::timestamptz + starts_ms * interval '1 millisecond',
                'epoch'::timestamptz + ends_ms * interval '1 millisecond', expression, rule_version
            FROM unnest(
                :fingerprint::text[], :sequence::bigint[], :evaluated_ms::bigint[], :alertname::text[],
                :rule_group::text[], :state::text[], :reason::text[], :labels::text[], :annotations::text[],
                :value::float8[], :value_low::float8[], :value_high::float8[], :active_ms::bigint[],
                :starts_ms::bigint[], :ends_ms::bigint[], :expression::text[], :rule_version::text[])
                AS r (fingerprint, sequence, evaluated_ms, alertname, rule_group, state, reason, labels, annotations,
                    value, value_low, value_high, active_ms, starts_ms, ends_ms, expression, rule_version)
            """;
    private static final String ONCE = "ON CONFLICT DO NOTHING";
    private static final String LATEST = """
            ON CONFLICT (fingerprint)
            DO UPDATE SET
                sequence = excluded.sequence, evaluated_at = excluded.evaluated_at, alertname = excluded.alertname,
                rule_group = excluded.rule_group, state = excluded.state, reason = excluded.reason,
                labels = excluded.labels, annotations = excluded.annotations, value = excluded.value,
                value_low = excluded.value_low, value_high = excluded.value_high, active_at = excluded.active_at,
                starts_at = excluded.starts_at, ends_at = excluded.ends_at, expression = excluded.expression,
                rule_version = excluded.rule_version
            WHERE (excluded.evaluated_at, excluded.sequence) > (t.evaluated_at, t.sequence)
            """;

    private static final Comparator<Sourced<AlertTransition>> BY_AGE =
            Comparator.<Sourced<AlertTransition>, Long>comparing(
                            row -> row.value().getEvaluatedAt().toEpochMilli())
                    .thenComparing(row -> row.value().getSequence());
    private static final Comparator<Sourced<AlertTransition>> WRITE_ORDER =
            Comparator.<Sourced<AlertTransition>, String>comparing(
                            row -> row.value().getFingerprint())
                    .thenComparing(BY_AGE);

    private final String statement;
    private final boolean latestOnly;

    private AlertTable(String table, String onConflict, boolean latestOnly) {
        statement = INSERT.formatted(table) + onConflict;
        this.latestOnly = latestOnly;
    }

    /** {@code monitoring.alert_transitions}, one row a fingerprint, sequence and tick. */
    static AlertTable transitions() {
        return new AlertTable("monitoring.alert_transitions", ONCE, false);
    }

    /** {@code monitoring.alerts}, one row a fingerprint. */
    static AlertTable current() {
        return new AlertTable("monitoring.alerts", LATEST, true);
    }

    @Override
    public Class<AlertTransition> recordType() {
        return AlertTransition.class;
    }

    @Override
    public List<Sourced<AlertTransition>> rows(AlertTransition value, ConsumerRecord<byte[], byte[]> source) {
        StorableText.requirePresent("fingerprint", value.getFingerprint());
        StorableText.require("alertname", value.getAlertname());
        StorableText.require("group", value.getGroup());
        StorableText.requireAll("label", value.getLabels());
        StorableText.requireAll("annotation", value.getAnnotations());
        StorableText.require("expression", value.getExpression());
        StorableText.require("rule_version", value.getRuleVersion());
        return List.of(new Sourced<>(value, source));
    }

    @Override
    public List<Sourced<AlertTransition>> arrange(List<Sourced<AlertTransition>> rows) {
        return latestOnly
                ? RowTable.onePerKey(rows, row -> row.value().getFingerprint(), AlertTable::later, WRITE_ORDER)
                : rows.stream().sorted(WRITE_ORDER).toList();
    }

    @Override
    public long write(Handle handle, List<Sourced<AlertTransition>> rows) {
        try (Update update = handle.createUpdate(statement)) {
            new ColumnArrays<>(update, rows)
                    .text("fingerprint", row -> row.value().getFingerprint())
                    .number("sequence", row -> row.value().getSequence())
                    .ms("evaluated_ms", row -> row.value().getEvaluatedAt())
                    .text("alertname", row -> row.value().getAlertname())
                    .text("rule_group", row -> row.value().getGroup())
                    .text("state", row -> row.value().getState().name())
                    .text("reason", row -> name(row.value().getReason()))
                    .text("labels", row -> StorableText.json(row.value().getLabels()))
                    .text("annotations", row -> StorableText.json(row.value().getAnnotations()))
                    .real("value", row -> row.value().getValue())
                    .real("value_low", row -> row.value().getValueLow())
                    .real("value_high", row -> row.value().getValueHigh())
                    .ms("active_ms", row -> row.value().getActiveAt())
                    .ms("starts_ms", row -> row.value().getStartsAt())
                    .ms("ends_ms", row -> row.value().getEndsAt())
                    .text("expression", row -> row.value().getExpression())
                    .text("rule_version", row -> row.value().getRuleVersion());
            return update.execute();
        }
    }

    private static Sourced<AlertTransition> later(Sourced<AlertTransition> first, Sourced<AlertTransition> second) {
        return BY_AGE.compare(second, first) > 0 ? second : first;
    }

    private static @Nullable String name(@Nullable ResolveReason reason) {
        return reason == null ? null : reason.name();
    }
}
