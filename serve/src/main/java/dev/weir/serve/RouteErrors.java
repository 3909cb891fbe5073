package dev.weir.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers to requests that no route can serve, and to those that fail in one. */
final class RouteErrors {
    private static final Logger LOG = LoggerFactory.getLogger(RouteErrors.class);

    private RouteErrors() {}

    static void configure(JavalinConfig config) {
        config.http.prefer405over404 = true;
        config.routes.exception(HttpResponseException.class, RouteErrors::refused);
        config.routes.exception(Exception.class, (failure, context) -> failed(failure, context));
        config.router.javaLangErrorHandler((response, failure) -> {
            LOG.error("An HTTP request failed", failure);
            response.setStatus(500);
        });
    }

    private static void refused(HttpResponseException refusal, Context context) {
        int status = refusal.getStatus();
        context.status(status);
        JsonBody.send(context, ApiError.of(status, messageOf(status, refusal, context)));
        refusal.getDetails().forEach((name, value) -> {
            if (name.equals("availableMethods")) {
                context.header("Allow", value);
            }
        });
    }

    private static String messageOf(int status, HttpResponseException refusal, Context context) {
        return switch (status) {
            case 404 -> "path is " + context.path() + ", must be one that / lists";
            case 405 -> "method is " + context.method() + ", must be one that the Allow header lists";
            default -> String.valueOf(refusal.getMessage());
        };
    }

    private static void failed(Exception failure, Context context) {
        LOG.error("HTTP request {} {} failed", context.method(), context.path(), failure);
        context.status(500);
        JsonBody.send(context, ApiError.of(500, "internal error, the log has the cause"));
    }
}
