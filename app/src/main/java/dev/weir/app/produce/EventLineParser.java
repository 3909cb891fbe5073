package dev.weir.app.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.weir.events.MetricEvent;
import dev.weir.events.MetricKind;
import dev.weir.events.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reader of one event: one JSON object on one line, its fields named as in the Avro schema.
 *
 * <p>It judges form: types, missing, unknown and repeated fields. Whether names and values are acceptable is the stream's to say, in
 * one place for all producers. Columns count characters from 1. Stateless; safe for use from any thread.
 */
final class EventLineParser {
    // NaN is read to be refused in our words: Jackson's own name a switch that no user has.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final int SHOWN = 60;

    /**
     * Reads one line.
     *
     * @param line UTF-8, without its line end
     * @throws InvalidLineException with the column of the first fault
     */
    MetricEvent parse(byte[] line) throws InvalidLineException {
        String text = decode(line);
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidLineException(column(parser), "the line is no JSON object");
            }
            EventFields fields = object(parser);
            if (parser.nextToken() != null) {
                throw new InvalidLineException(
                        column(parser), "something follows the object, must be one object a line");
            }
            return fields.event(text.stripTrailing().length());
        } catch (JsonEOFException incomplete) {
            throw new InvalidLineException(text.length() + 1, "the object does not end on this line");
        } catch (JsonParseException | StreamConstraintsException broken) {
            throw new InvalidLineException(column(broken.getLocation()), "is not JSON: " + broken.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("reading a text in memory failed", impossible);
        }
    }

    private static String decode(byte[] line) throws InvalidLineException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new InvalidLineException(1, "the line is not UTF-8");
        }
    }

    private static EventFields object(JsonParser parser) throws IOException, InvalidLineException {
        EventFields fields = new EventFields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int nameColumn = column(parser);
            String name = parser.currentName();
            if (!fields.firstSeen(name)) {
                throw new InvalidLineException(nameColumn, "field " + name + " is given twice");
            }
            parser.nextToken();
            switch (name) {
                case "timestamp" -> fields.timestamp = timestamp(parser);
                case "service" -> fields.service = text(parser, name);
                case "metric" -> fields.metric = text(parser, name);
                case "kind" -> fields.kind = choice(parser, name, MetricKind.values());
                case "value" -> fields.value = number(parser);
                case "unit" -> fields.unit = isNull(parser) ? null : text(parser, name);
                case "outcome" -> fields.outcome = isNull(parser) ? null : choice(parser, name, Outcome.values());
                case "labels" -> fields.labels = labels(parser);
                case "event_id" -> fields.eventId = isNull(parser) ? null : text(parser, name);
                default ->
                    throw new InvalidLineException(
                            nameColumn, "unknown field " + name + ", must be one of " + EventFields.NAMES);
            }
        }
        return fields;
    }

    private static boolean isNull(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private static String text(JsonParser parser, String field) throws IOException, InvalidLineException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(parser, field, "a text");
        }
        return parser.getText();
    }

    private static double number(JsonParser parser) throws IOException, InvalidLineException {
        if (!parser.currentToken().isNumeric()) {
            throw wrong(parser, "value", "a number");
        }
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw wrong(parser, "value", "a finite number");
        }
        return value;
    }

    private static Instant timestamp(JsonParser parser) throws IOException, InvalidLineException {
        String allowed = "whole milliseconds since 1970 or ISO 8601 with an offset";
        try {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return Instant.ofEpochMilli(parser.getLongValue());
            }
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return Instant.ofEpochMilli(
                        OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli());
            }
        } catch (DateTimeException | ArithmeticException | InputCoercionException wrong) {
            throw wrong(parser, "timestamp", allowed);
        }
        throw wrong(parser, "timestamp", allowed);
    }

    private static <E extends Enum<E>> E choice(JsonParser parser, String field, E[] allowed)
            throws IOException, InvalidLineException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        for (E constant : allowed) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        String names = Arrays.stream(allowed).map(Enum::name).collect(Collectors.joining(", "));
        throw wrong(parser, field, "one of " + names);
    }

    private static Map<String, String> labels(JsonParser parser) throws IOException, InvalidLineException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(parser, "labels", "an object of texts");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int nameColumn = column(parser);
            String name = parser.currentName();
            parser.nextToken();
            if (labels.put(name, text(parser, "label " + name)) != null) {
                throw new InvalidLineException(nameColumn, "label " + name + " is given twice");
            }
        }
        return labels;
    }

    private static InvalidLineException wrong(JsonParser parser, String field, String allowed) throws IOException {
        return new InvalidLineException(column(parser), field + " is " + shown(parser) + ", must be " + allowed);
    }

    private static String shown(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> '"' + shortened(parser.getText()) + '"';
            default -> shortened(parser.getText()).toLowerCase(Locale.ROOT);
        };
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static int column(JsonParser parser) {
        return column(parser.currentTokenLocation());
    }

    private static int column(@Nullable JsonLocation location) {
        return location == null ? 1 : Math.max(1, location.getColumnNr());
    }
}
