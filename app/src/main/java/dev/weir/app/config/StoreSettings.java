package dev.weir.app.config;

import dev.weir.sink.Calendar;
import dev.weir.sink.RawMetric;
import dev.weir.sink.Retention;
import java.time.Duration;
import java.util.List;

/**
 * The PostgreSQL database.
 *
 * @param url JDBC URL
 * @param pool most connections; with less than one for each feed and one more, feeds wait for each other
 * @param migrate whether a sink brings the tables up to date when it starts; otherwise it refuses to start with old ones
 * @param retention how long rows are kept
 * @param calendar whose days and weeks are summed up
 * @param raw the metrics whose single measurements are stored
 */
public record StoreSettings(
        String url,
        String user,
        Secret password,
        int pool,
        boolean migrate,
        Retention retention,
        Calendar calendar,
        List<RawMetric> raw) {
    private static final Duration DAY = Duration.ofDays(1);

    static StoreSettings read(Settings settings) {
        Section section = new Section(settings, "store");
        String url = section.text("url", "jdbc:postgresql://localhost:19094/postgres");
        section.require(
                url.startsWith("jdbc:postgresql:"),
                "url",
                "is " + Secret.redact("url", url) + ", must start with jdbc:postgresql:");
        return new StoreSettings(
                url,
                section.text("user", "postgres"),
                new Secret(section.text("password", "")),
                section.integer("pool", 4, 1, 64),
                section.flag("migrate", true),
                retention(section),
                calendar(section),
                RawMetricSection.read(settings));
    }

    private static Retention retention(Section section) {
        Retention usual = Retention.DEFAULT;
        Duration hourly = days(section, "retention.hourly", usual.hourly());
        Duration daily = days(section, "retention.daily", usual.daily());
        if (daily.compareTo(hourly) < 0) {
            section.require(
                    false,
                    "retention.daily",
                    "is " + DurationText.format(daily) + ", must be >= retention.hourly, "
                            + DurationText.format(hourly));
            daily = hourly;
        }
        return new Retention(
                days(section, "retention.raw", usual.raw()),
                hourly,
                daily,
                days(section, "retention.events", usual.events()));
    }

    private static Duration days(Section section, String key, Duration otherwise) {
        Duration duration = section.duration(key, otherwise, DAY);
        if (duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration;
        }
        section.require(false, key, "is " + DurationText.format(duration) + ", must be whole days, such as 30d");
        return otherwise;
    }

    private static Calendar calendar(Section section) {
        String zone = section.text("time-zone", "UTC");
        try {
            return Calendar.of(zone);
        } catch (IllegalArgumentException refused) {
            section.require(
                    false,
                    "time-zone",
                    "is " + zone + ", must be a time zone whose offsets are whole hours, such as UTC or Europe/Berlin");
            return Calendar.UTC;
        }
    }

    /** Without the password, also where it stands in the URL. */
    @Override
    public String toString() {
        return "StoreSettings[url=" + Secret.redact("url", url) + ", user=" + user + ", password=" + password
                + ", pool=" + pool + ", migrate=" + migrate + ", " + retention + ", " + calendar + ", raw=" + raw + "]";
    }
}
