package dev.weir.app.demo;

import java.util.List;
import java.util.Locale;

/**
 * What a demo found.
 *
 * @param events sent, rejected ones included
 * @param rejected events that came out rejected
 * @param windows windows and hourly rows that were recomputed and compared
 * @param mismatches differences of any kind
 * @param alertsFired transitions to firing
 * @param alertsResolved transitions to resolved
 * @param hourlyRows rows in PostgreSQL
 * @param eventsPerSecond events of the history that were ingested and committed, a second
 * @param faults every reason why the demo has failed, in words; empty if it has not
 */
record DemoReport(
        long events,
        long rejected,
        long windows,
        long mismatches,
        long alertsFired,
        long alertsResolved,
        long hourlyRows,
        double eventsPerSecond,
        List<String> faults) {
    DemoReport {
        faults = List.copyOf(faults);
    }

    boolean passed() {
        return faults.isEmpty();
    }

    /** One JSON object on one line. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"events\":%d,\"rejected\":%d,\"windows\":%d,\"mismatches\":%d,\"alerts_fired\":%d,"
                        + "\"alerts_resolved\":%d,\"hourly_rows\":%d,\"events_per_second\":%.0f}",
                events,
                rejected,
                windows,
                mismatches,
                alertsFired,
                alertsResolved,
                hourlyRows,
                eventsPerSecond);
    }
}
