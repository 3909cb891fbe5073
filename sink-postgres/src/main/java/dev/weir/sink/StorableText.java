package dev.weir.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses texts that PostgreSQL cannot hold; all others go in byte for byte. */
final class StorableText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final char NUL = '\0';
    private static final int SHOWN = 200;

    private StorableText() {}

    /** @throws UnstorableException for a text with U+0000 */
    static void require(String what, @Nullable String text) {
        if (text != null && text.indexOf(NUL) >= 0) {
            throw new UnstorableException(what + " is \"" + shortened(text.replace(NUL, '\u2400'))
                    + "\" with U+0000 (shown as \u2400), which PostgreSQL cannot store");
        }
    }

    /** @throws UnstorableException for an empty text, or one with U+0000 */
    static void requirePresent(String what, String text) {
        if (text.isBlank()) {
            throw new UnstorableException(what + " is \"" + shortened(text) + "\", must not be empty");
        }
        require(what, text);
    }

    /** @throws UnstorableException for a name or value with U+0000 */
    static void requireAll(String what, Map<String, String> labels) {
        labels.forEach((name, value) -> {
            require(what + " name", name);
            require(what + " " + name, value);
        });
    }

    /** @throws UnstorableException for anything but the text of a JSON object without U+0000, or null */
    static void requireJsonObject(String what, @Nullable String text) {
        if (text == null) {
            return;
        }
        if (!(json(what, text) instanceof ObjectNode object)) {
            throw new UnstorableException(what + " is " + shortened(text) + ", must be a JSON object");
        }
        requireWithin(what, object);
    }

    /** The object as jsonb takes it. */
    static String json(Map<String, String> labels) {
        try {
            return JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new UnstorableException("labels cannot be written as JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode json(String what, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnstorableException(what + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void requireWithin(String what, JsonNode node) {
        if (node.isTextual()) {
            require(what, node.textValue());
        }
        node.fieldNames().forEachRemaining(name -> require("name in " + what, name));
        node.forEach(child -> requireWithin(what, child));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
