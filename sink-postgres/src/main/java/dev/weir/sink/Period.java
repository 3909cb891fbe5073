package dev.weir.sink;

/** How long a row of {@code monitoring.aggregated_metrics} lasts. */
enum Period {
    HOURLY(TimedRows.HOURLY),
    DAILY(TimedRows.DAILY),
    WEEKLY(TimedRows.WEEKLY);

    private final TimedRows rows;

    Period(TimedRows rows) {
        this.rows = rows;
    }

    TimedRows rows() {
        return rows;
    }

    /** As the column {@code period} holds it. */
    String text() {
        return rows.text();
    }
}
