package dev.weir.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;

/** An answer's body as JSON. */
final class JsonBody {
    static final String CONTENT_TYPE = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonBody() {}

    static byte[] of(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an answer of type " + value.getClass() + " has no JSON form", bug);
        }
    }

    static void send(Context context, Object value) {
        context.contentType(CONTENT_TYPE).result(of(value));
    }
}
