package dev.weir.publisher;

import dev.weir.events.Outcome;
import dev.weir.publisher.Outgoing.Measured;
import dev.weir.series.Series;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Sends every observation by itself, with the time it was recorded at. */
final class EachRecording implements Recording {
    private final Series series;
    private final double valuesPerUnit;
    private final ByOutcome<Channel> channels;
    private final Outbox outbox;
    private final Tally tally;
    private final InstantSource clock;

    EachRecording(Series series, double valuesPerUnit, Outbox outbox, Tally tally, InstantSource clock) {
        this.series = series;
        this.valuesPerUnit = valuesPerUnit;
        this.channels = new ByOutcome<>(outcome -> Channel.of(this.series, outcome));
        this.outbox = outbox;
        this.tally = tally;
        this.clock = clock;
    }

    @Override
    public void record(double value, @Nullable Outcome outcome, @Nullable String eventId) {
        if (tally.refusesRecording()) {
            return;
        }
        if (!(value >= 0) || Double.isInfinite(value)) {
            tally.drop(DropReason.INVALID_VALUE, 1);
        } else if (eventId != null && eventId.length() > SeriesRules.MAX_EVENT_ID) {
            tally.drop(DropReason.INVALID_TEXT, 1);
        } else {
            outbox.put(new Measured(channels.of(outcome), clock.millis(), value / valuesPerUnit, eventId, 1));
        }
    }
}
