package dev.weir.testing.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.rejected.RejectReason;
import dev.weir.testing.oracle.IntegerTruth;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FloodTest {
    private static final SchemaIds IDS = new SchemaIds(1, 2, 3, 4);
    private static final Instant END = Instant.parse("2026-01-01T11:00:00Z");
    private static final int EVENTS = 40_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logComesToWhatWasMeant(boolean deduplicated) {
        IntegerTruth intent = new IntegerTruth();
        LogTruth log = read(plan(1, deduplicated), intent, deduplicated);
        assertThat(intent.differences(log.truth())).isZero();
        assertThat(intent.rejects()).isEqualTo(log.truth().rejects());
        assertThat(log.events()).isGreaterThan(EVENTS);
    }

    @Test
    void deduplicationTakesEventsAway() {
        IntegerTruth all = new IntegerTruth();
        LogTruth log = read(plan(1, false), all, true);
        assertThat(log.truth().accepted()).isLessThan(all.accepted());
        assertThat(all.differences(log.truth())).isPositive();
    }

    @Test
    void everyKindOfRejectOccurs() {
        IntegerTruth intent = new IntegerTruth();
        read(plan(2, false), intent, false);
        assertThat(intent.rejects())
                .containsOnlyKeys(
                        RejectReason.UNDECODABLE,
                        RejectReason.UNKNOWN_SCHEMA,
                        RejectReason.UNSUPPORTED_SCHEMA,
                        RejectReason.INVALID_VALUE,
                        RejectReason.INVALID_NAME,
                        RejectReason.INVALID_LABEL,
                        RejectReason.TOO_MANY_LABELS,
                        RejectReason.FUTURE,
                        RejectReason.LATE);
    }

    @Test
    void equalPlansGiveEqualBytesAndOtherSeedsOthers() {
        assertThat(bytes(plan(3, false))).isEqualTo(bytes(plan(3, false)));
        assertThat(bytes(plan(3, false))).isNotEqualTo(bytes(plan(4, false)));
    }

    @Test
    void lostRecordOfTheLogIsADifference() {
        IntegerTruth intent = new IntegerTruth();
        Flood flood = new Flood(plan(5, false), IDS, intent);
        LogTruth log = new LogTruth(IDS, false);
        for (int i = 0; flood.hasNext(); i++) {
            FloodRecord record = flood.next();
            if (i != 777) {
                log.read(record.group(), END.toEpochMilli(), record.value());
            }
        }
        assertThat(intent.differences(log.truth())).isEqualTo(1);
    }

    @Test
    void planSaysWhatIsWrong() {
        assertThatThrownBy(() -> new FloodPlan(1, 9, 1, END.minusSeconds(1), END, false))
                .hasMessage("series is 9, must be at least 10, one of each shape");
        assertThatThrownBy(() -> new FloodPlan(1, 10, 0, END.minusSeconds(1), END, false))
                .hasMessage("events is 0, must be >= 1");
        assertThatThrownBy(() -> new FloodPlan(1, 10, 1, END, END, false))
                .hasMessageStartingWith("end is PT0S after start, must be > 0 and at most PT12H");
    }

    private static FloodPlan plan(long seed, boolean deduplicated) {
        return new FloodPlan(seed, 100, EVENTS, END.minus(Duration.ofMinutes(10)), END, deduplicated);
    }

    private static LogTruth read(FloodPlan plan, IntegerTruth intent, boolean deduplicated) {
        Flood flood = new Flood(plan, IDS, intent);
        LogTruth log = new LogTruth(IDS, deduplicated);
        flood.forEachRemaining(record -> log.read(record.group(), END.toEpochMilli(), record.value()));
        return log;
    }

    private static List<ByteBuffer> bytes(FloodPlan plan) {
        List<ByteBuffer> bytes = new ArrayList<>();
        Flood flood = new Flood(plan, IDS, new IntegerTruth());
        while (flood.hasNext() && bytes.size() < 1_000) {
            bytes.add(ByteBuffer.wrap(flood.next().value()));
        }
        return bytes;
    }
}
