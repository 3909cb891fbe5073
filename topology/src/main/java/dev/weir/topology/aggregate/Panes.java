package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.topology.ruleset.Announcement;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.ruleset.StoredRules;
import dev.weir.topology.shuffle.DeltaPack;
import dev.weir.topology.shuffle.SeriesCodec;
import dev.weir.topology.shuffle.SeriesEvent;
import dev.weir.topology.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The panes and windows of a partition: deltas enter, closed panes and windows leave. One thread. */
final class Panes {
    /*
     * Deltas go straight into the open minute of their series, and into its open pane if a rule reads the series. A closed
     * minute is published, added to its hour and kept in closedMinutes. An hour is published when it closes.
     *
     * State. An open minute is the delta packs that made it, kept as received. An open hour is the closed minutes in it. So a
     * restart needs no more than those two, and nothing is stored for each event or each delta of a series.
     *
     * Lateness. What belongs to a closed minute is a correction. It waits in memory until the commit, so that many make
     * one revision, and is then added to the stored window. An hour that is still open takes it at once.
     *
     * Progress. All that ends at or before panesClosed, minutesClosed and hoursClosed is closed; the three follow the watermark
     * as far as the bounded work of a call has come, hours never past a minute that is open.
     */
    private static final int MOST_SERIES_A_CALL = 50_000;

    /** Takes a window to be published. */
    interface Publisher {
        void publish(WindowSize size, long startMs, SeriesState series, Aggregate aggregate, long revision);
    }

    private final long paneMs;
    private final long lateRetentionMs;
    private final AggregateSettings settings;
    private final RuleInputs ruleInputs;
    private final Publisher publisher;
    private final DeltaStore deltas;
    private final ClosedWindows closedMinutes;
    private final ClosedWindows closedHours;
    private final Routing routing;
    private final OpenSeries openSeries;
    private final OpenSlices panes;
    private final OpenSlices minutes;
    private final OpenSlices hours;
    private final OpenSlices minuteCorrections;
    private final OpenSlices hourCorrections;
    private final DeltaPack.Cursor cursor = new DeltaPack.Cursor();
    private final WarmStart warmStart;
    private final EventIds eventIds;
    private final DeltaPack.Writer single = new DeltaPack.Writer();
    private final OpenHour openHour;
    private final Progress panesClosed;
    private final Progress minutesClosed;
    private final Progress hoursClosed;

    Panes(AggregateSettings settings, ProcessorContext<?, ?> context, RuleInputs ruleInputs, Publisher publisher) {
        this.settings = settings;
        this.paneMs = settings.pane().toMillis();
        this.lateRetentionMs = settings.time().lateRetention().toMillis();
        this.ruleInputs = ruleInputs;
        this.publisher = publisher;
        KeyValueStore<String, Long> clock = context.getStateStore(AggregateStores.CLOCK);
        panesClosed = new Progress("panes-closed", clock);
        minutesClosed = new Progress("minutes-closed", clock);
        hoursClosed = new Progress("hours-closed", clock);
        deltas = new DeltaStore(context.getStateStore(AggregateStores.DELTAS));
        closedMinutes = new ClosedWindows(context.getStateStore(AggregateStores.CLOSED_MINUTES));
        closedHours = new ClosedWindows(context.getStateStore(AggregateStores.CLOSED_HOURS));
        warmStart = new WarmStart(closedMinutes, ruleInputs, settings.partitions());
        eventIds = new EventIds(context.getStateStore(AggregateStores.EVENT_IDS));
        StoredRules rules = new StoredRules(context.getStateStore(AggregateStores.RULES));
        routing = new Routing(rules, clock, settings.pane(), settings.partitions());
        openSeries = new OpenSeries(routing, settings.metrics());
        panes = new OpenSlices();
        minutes = new OpenSlices();
        hours = new OpenSlices();
        openHour = new OpenHour(settings.time().openHourInterval(), hours, publisher, minutesClosed.ms());
        minuteCorrections = new OpenSlices();
        hourCorrections = new OpenSlices();
    }

    /** Makes the open panes and windows again from what the last commit stored; returns the watermark of that time. */
    long restore() {
        deltas.restore(pack -> {
            cursor.open(pack);
            addToOpen();
        });
        closedMinutes.forEachFrom(WindowSize.HOUR.startOf(Math.max(0, hoursClosed.ms())), (startMs, entry) -> {
            SeriesState series = openSeries.get(entry.array(), entry.seriesFrom(), entry.seriesTo());
            entry.mergeInto(hours.get(WindowSize.HOUR.startOf(startMs), series));
        });
        return panesClosed.ms();
    }

    /** What the next stage is told of the rules by which panes are sent. */
    Announcement rules() {
        return routing.announcement();
    }

    /**
     * Agrees on another rule set; nothing happens while one waits for its time.
     *
     * @param fromMs the minute from which on panes are sent by it; if panes behind it are sent already, or the present set began
     *     there, it is the next minute
     */
    void agree(RuleSet next, long fromMs) {
        if (routing.changes() || next.id() == routing.now().id()) {
            return;
        }
        // No two changes at one time: by it the rule stage knows what is moved at which.
        long leastMs = routing.fromMs() == Announcement.ALWAYS
                ? panesClosed.ms()
                : Math.max(panesClosed.ms(), routing.fromMs() + 1);
        routing.agree(
                next, fromMs >= leastMs ? fromMs : WindowSize.MINUTE.endOf(WindowSize.MINUTE.startOf(leastMs - 1)));
        openSeries.routeAll();
        // What has come for series that no rule has read so far is in open minutes only.
        deltas.restore(pack -> {
            cursor.open(pack);
            addToPanesOfNext();
        });
    }

    private void addToPanesOfNext() {
        long startMs = cursor.startMs();
        boolean open = !cursor.windowsOnly() && startMs + paneMs > panesClosed.ms();
        while (open && cursor.next()) {
            SeriesState series = openSeries.get(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
            if (series.routes(false).isEmpty() && series.readByRules()) {
                cursor.mergeInto(panes.get(startMs, series));
            } else {
                cursor.aggregate();
            }
        }
    }

    /** False if the event repeats the id of one that came before, within the time for which its metric is de-duplicated. */
    boolean isNew(SeriesEvent event, Duration window) {
        String eventId = event.eventId();
        byte[] series = SeriesCodec.encode(event.series());
        return eventId == null || eventIds.isNew(series, eventId, event.timestampMs(), window.toMillis());
    }

    /** Adds one event that travelled alone; false if it is a correction. */
    boolean add(SeriesEvent event) {
        Aggregate aggregate = settings.emptyAggregate(event.series());
        event.addTo(aggregate);
        single.begin(Math.floorDiv(event.timestampMs(), paneMs) * paneMs, event.late());
        single.add(SeriesCodec.encode(event.series()), aggregate);
        return add(single.toByteArray());
    }

    /** Adds a delta pack; false if it holds corrections. */
    boolean add(byte[] pack) {
        cursor.open(pack);
        long minuteMs = WindowSize.MINUTE.startOf(cursor.startMs());
        if (WindowSize.MINUTE.endOf(minuteMs) > minutesClosed.ms()) {
            deltas.add(minuteMs, pack);
            addToOpen();
            return true;
        }
        correct(minuteMs);
        return false;
    }

    private void addToOpen() {
        long startMs = cursor.startMs();
        long minuteMs = WindowSize.MINUTE.startOf(startMs);
        boolean forRules = !cursor.windowsOnly() && startMs + paneMs > panesClosed.ms();
        while (cursor.next()) {
            SeriesState series = openSeries.get(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
            if (forRules && series.readByRules()) {
                cursor.mergeInto(minutes.get(minuteMs, series), panes.get(startMs, series));
            } else {
                cursor.mergeInto(minutes.get(minuteMs, series));
            }
        }
    }

    private void correct(long minuteMs) {
        long hourMs = WindowSize.HOUR.startOf(minuteMs);
        OpenSlices hour = WindowSize.HOUR.endOf(hourMs) > hoursClosed.ms() ? hours : hourCorrections;
        while (cursor.next()) {
            SeriesState series = openSeries.get(cursor.array(), cursor.seriesFrom(), cursor.seriesTo());
            cursor.mergeInto(minuteCorrections.get(minuteMs, series), hour.get(hourMs, series));
        }
    }

    /**
     * Closes what ends at or before the watermark, earliest end first, as far as the bound on the work of one call lets it.
     *
     * @return the pane boundary up to which all panes are closed and sent
     */
    long close(long watermarkMs) {
        if (!routing.changes()) {
            return closeUntil(watermarkMs);
        }
        long closedMs = closeUntil(Math.min(watermarkMs, routing.fromMs()));
        if (routing.fromMs() > watermarkMs || minutesClosed.ms() < routing.fromMs()) {
            return closedMs;
        }
        warmStart.send(routing.now(), routing.newest(), routing.fromMs());
        routing.turn();
        openSeries.routeAll();
        return closeUntil(watermarkMs);
    }

    private long closeUntil(long watermarkMs) {
        if (watermarkMs == Watermark.UNKNOWN) {
            return Watermark.UNKNOWN;
        }
        int[] left = {MOST_SERIES_A_CALL};
        while (left[0] > 0) {
            long paneEndMs = end(panes, paneMs);
            long minuteEndMs = end(minutes, WindowSize.MINUTE.endOf(0));
            long hourEndMs = end(hours, WindowSize.HOUR.endOf(0));
            long nextMs = Math.min(paneEndMs, Math.min(minuteEndMs, hourEndMs));
            if (nextMs > watermarkMs) {
                break;
            }
            if (nextMs == paneEndMs) {
                closePane(left);
            } else if (nextMs == minuteEndMs) {
                closeMinute(left);
            } else {
                closeHour(left);
            }
        }
        panesClosed.advance(Math.min(watermarkMs, panes.earliestMs()));
        minutesClosed.advance(Math.min(watermarkMs, minutes.earliestMs()));
        hoursClosed.advance(Math.min(
                minutesClosed.ms(), Math.min(hours.earliestMs(), WindowSize.HOUR.startOf(minutes.earliestMs()))));
        return Math.floorDiv(panesClosed.ms(), paneMs) * paneMs;
    }

    private static long end(OpenSlices slices, long sizeMs) {
        long earliestMs = slices.earliestMs();
        return earliestMs == Long.MAX_VALUE ? Long.MAX_VALUE : earliestMs + sizeMs;
    }

    private void closePane(int[] left) {
        long startMs = panes.earliestMs();
        panes.closeEarliest((series, aggregate) -> {
            ruleInputs.add(startMs, series.id(), series.routes(startMs >= routing.fromMs()), aggregate);
            openSeries.closed(series);
            left[0]--;
        });
        ruleInputs.flush();
        panesClosed.advance(startMs + paneMs);
    }

    private void closeMinute(int[] left) {
        long startMs = minutes.earliestMs();
        long hourMs = WindowSize.HOUR.startOf(startMs);
        List<SeriesState> series = new ArrayList<>();
        List<Aggregate> aggregates = new ArrayList<>();
        minutes.closeEarliest((one, aggregate) -> {
            publisher.publish(WindowSize.MINUTE, startMs, one, aggregate, 0);
            hours.get(hourMs, one).merge(aggregate);
            series.add(one);
            aggregates.add(aggregate);
            left[0]--;
        });
        closedMinutes.put(startMs, series, aggregates);
        series.forEach(openSeries::closed);
        deltas.remove(startMs);
        minutesClosed.advance(WindowSize.MINUTE.endOf(startMs));
    }

    private void closeHour(int[] left) {
        long startMs = hours.earliestMs();
        List<SeriesState> series = new ArrayList<>();
        List<Aggregate> aggregates = new ArrayList<>();
        hours.closeEarliest((one, aggregate) -> {
            publisher.publish(WindowSize.HOUR, startMs, one, aggregate, 0);
            series.add(one);
            aggregates.add(aggregate);
            left[0]--;
        });
        closedHours.put(startMs, series, aggregates);
        series.forEach(openSeries::closed);
        hoursClosed.advance(WindowSize.HOUR.endOf(startMs));
    }

    /** Publishes the hour that is not over, a part of its series a call, when it is time to. */
    void publishOpenHour(long wallMs) {
        openHour.publish(wallMs, minutesClosed.ms());
    }

    /** Publishes the corrections, forgets windows past the late retention and stores how far closing has come. */
    void beforeCommit(long watermarkMs) {
        publishCorrections(WindowSize.MINUTE, minuteCorrections, closedMinutes);
        publishCorrections(WindowSize.HOUR, hourCorrections, closedHours);
        panesClosed.save();
        minutesClosed.save();
        hoursClosed.save();
        long keptMs = Math.max(0, watermarkMs) - lateRetentionMs;
        eventIds.expire(watermarkMs);
        closedHours.expire(WindowSize.HOUR.startOf(keptMs));
        // The minutes of an hour that is open are all there is of it.
        closedMinutes.expire(
                Math.min(WindowSize.MINUTE.startOf(keptMs), WindowSize.HOUR.startOf(Math.max(0, hoursClosed.ms()))));
    }

    private void publishCorrections(WindowSize size, OpenSlices corrections, ClosedWindows closed) {
        while (corrections.earliestMs() != Long.MAX_VALUE) {
            long windowMs = corrections.earliestMs();
            List<SeriesState> series = new ArrayList<>();
            List<Aggregate> additions = new ArrayList<>();
            corrections.closeEarliest((one, addition) -> {
                series.add(one);
                additions.add(addition);
            });
            closed.correct(
                    windowMs,
                    series,
                    additions,
                    (startMs, one, aggregate, revision) -> publisher.publish(size, startMs, one, aggregate, revision));
            series.forEach(openSeries::closed);
        }
    }
}
