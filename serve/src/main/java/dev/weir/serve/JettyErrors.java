package dev.weir.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The answers to requests so broken that no route sees them: malformed, too long, ambiguous.
 *
 * <p>They say the status and its standard name only, never what the request contained.
 */
final class JettyErrors extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        setHeaders(response.getHeaders());
        response.write(true, body(code), callback);
    }

    private static void setHeaders(HttpFields.Mutable fields) {
        AnswerHeaders.ALL.forEach(fields::put);
        fields.put(HttpHeader.CONTENT_TYPE, JsonBody.CONTENT_TYPE);
    }

    private static ByteBuffer body(int status) {
        return ByteBuffer.wrap(JsonBody.of(ApiError.of(status, HttpStatus.getMessage(status))));
    }
}
