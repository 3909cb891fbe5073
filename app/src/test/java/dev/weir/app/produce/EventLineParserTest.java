package dev.weir.app.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventLineParserTest {
    private static final String REST = "\"service\":\"s\",\"metric\":\"m\",\"kind\":\"COUNT\",\"value\":1";

    private final EventLineParser parser = new EventLineParser();

    @Test
    void everyFieldIsRead() throws InvalidLineException {
        MetricEvent event = parse("{\"timestamp\":1700000000123,\"service\":\"api\",\"metric\":\"d_seconds\","
                + "\"kind\":\"OBSERVATION\",\"value\":0.25,\"unit\":\"s\",\"outcome\":\"ERROR\","
                + "\"labels\":{\"route\":\"/ü\"},\"event_id\":\"e1\"}");
        assertThat(event)
                .isEqualTo(new MetricEvent(
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        "api",
                        "d_seconds",
                        MetricKind.OBSERVATION,
                        0.25,
                        "s",
                        Outcome.ERROR,
                        Map.of("route", "/ü"),
                        "e1"));
    }

    @Test
    void optionalFieldsMayBeNullOrAbsent() throws InvalidLineException {
        MetricEvent event = parse("{\"timestamp\":0," + REST + ",\"unit\":null,\"outcome\":null,\"event_id\":null}");
        assertThat(event.getUnit()).isNull();
        assertThat(event.getOutcome()).isNull();
        assertThat(event.getEventId()).isNull();
        assertThat(event.getLabels()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2023-11-14T22:13:20Z, 1700000000000",
        "2023-11-14T22:13:20.123456Z, 1700000000123",
        "2023-11-14T23:13:20+01:00, 1700000000000"
    })
    void timestampMayBeIso8601WithAnOffset(String text, long expectedMs) throws InvalidLineException {
        assertThat(parse("{\"timestamp\":\"" + text + "\"," + REST + "}").getTimestamp())
                .isEqualTo(Instant.ofEpochMilli(expectedMs));
    }

    @Test
    void faultsNameColumnAndRemedy() {
        assertFault("", 1, "the line is no JSON object");
        assertFault("[1]", 1, "the line is no JSON object");
        assertFault("{\"timestamp\":1," + REST, 67, "the object does not end on this line");
        assertFault("{\"timestamp\":1," + REST + "} {}", 69, "something follows the object, must be one object a line");
        assertFault("{\"timestamp\":1,\"timestamp\":2}", 16, "field timestamp is given twice");
        assertFault(
                "{\"time\":1}",
                2,
                "unknown field time, must be one of timestamp, service, metric, kind, value, unit, outcome, labels, event_id");
        assertFault("{\"timestamp\":1,\"service\":\"s\"}", 29, "field metric is missing");
        assertFault(
                "{\"timestamp\":\"yesterday\"}",
                14,
                "timestamp is \"yesterday\", must be whole milliseconds since 1970 or ISO 8601 with an offset");
        assertFault(
                "{\"timestamp\":1.5}",
                14,
                "timestamp is 1.5, must be whole milliseconds since 1970 or ISO 8601 with an offset");
        assertFault("{\"service\":7}", 12, "service is 7, must be a text");
        assertFault("{\"service\":null}", 12, "service is null, must be a text");
        assertFault("{\"value\":\"1\"}", 10, "value is \"1\", must be a number");
        assertFault("{\"value\":1e999}", 10, "value is 1e999, must be a finite number");
        assertFault(
                "{\"kind\":\"count\"}", 9, "kind is \"count\", must be one of COUNT, OBSERVATION, GAUGE, CUMULATIVE");
        assertFault("{\"outcome\":\"OK\"}", 12, "outcome is \"OK\", must be one of SUCCESS, ERROR, HIT, MISS");
        assertFault("{\"value\":NaN}", 10, "value is nan, must be a finite number");
        assertFault("{\"labels\":[]}", 11, "labels is a list, must be an object of texts");
        assertFault("{\"labels\":{\"a\":1}}", 16, "label a is 1, must be a text");
        assertFault("{\"labels\":{\"a\":\"1\",\"a\":\"2\"}}", 20, "label a is given twice");
    }

    @Test
    void brokenJsonNamesTheColumn() {
        InvalidLineException fault = fault("{\"value\":nothing}");
        assertThat(fault.column()).isBetween(10, 17);
        assertThat(fault.text()).startsWith("is not JSON: ");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        InvalidLineException fault =
                catchThrowableOfType(InvalidLineException.class, () -> parser.parse(new byte[] {'{', (byte) 0xff}));
        assertThat(fault.text()).isEqualTo("the line is not UTF-8");
    }

    private MetricEvent parse(String line) throws InvalidLineException {
        return parser.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private InvalidLineException fault(String line) {
        return catchThrowableOfType(InvalidLineException.class, () -> parse(line));
    }

    private void assertFault(String line, int column, String message) {
        InvalidLineException fault = fault(line);
        assertThat(fault.column() + ": " + fault.text()).as(line).isEqualTo(column + ": " + message);
    }
}
