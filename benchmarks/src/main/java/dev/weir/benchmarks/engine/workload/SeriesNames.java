package dev.weir.benchmarks.engine.workload;

import dev.weir.events.MetricKind;
import java.util.Map;

/**
 * Names and labels of the series: HTTP servers with routes, methods and statuses, as services have them.
 *
 * <p>Every hundredth instance carries names that one of the rule packs reads, so that the rules have work.
 */
public final class SeriesNames {
    private static final String[] SERVICES = {
        "checkout",
        "catalog",
        "payments",
        "accounts",
        "search",
        "inventory",
        "shipping",
        "recommendations",
        "sessions",
        "notifications",
        "pricing",
        "reviews",
        "orders",
        "basket",
        "media",
        "billing",
        "fraud",
        "ledger",
        "loyalty",
        "gateway"
    };
    private static final String[] ROUTES = {
        "orders",
        "orders/{id}",
        "items",
        "items/{id}",
        "users",
        "users/{id}",
        "carts",
        "carts/{id}",
        "payments",
        "payments/{id}",
        "refunds",
        "refunds/{id}",
        "search",
        "suggest",
        "sessions",
        "sessions/{id}",
        "addresses",
        "addresses/{id}",
        "coupons",
        "coupons/{id}",
        "reviews",
        "reviews/{id}",
        "prices",
        "prices/{id}",
        "health"
    };
    private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};
    private static final int RULED_EVERY = 100;
    private static final int RULED = 7;
    private static final int COUNTER_EVERY = 25;
    private static final int ERRORS_EVERY = 10;

    private SeriesNames() {}

    public static String service(int instance) {
        return instance % RULED_EVERY == RULED ? "chatdb-api" : SERVICES[instance % SERVICES.length];
    }

    /** The labels that all series of an instance have. */
    public static Map<String, String> instanceLabels(int instance) {
        return Map.of("instance", service(instance) + "-" + (10_000 + instance));
    }

    /** The labels of one series of an instance besides the instance's. */
    public static Map<String, String> labels(int inInstance) {
        return Map.of(
                "method",
                METHODS[inInstance % METHODS.length],
                "route",
                "/api/v1/" + ROUTES[inInstance / METHODS.length % ROUTES.length],
                "status",
                isError(inInstance) ? "500" : "200");
    }

    public static String metric(int instance, int inInstance) {
        if (kind(inInstance) == MetricKind.COUNT) {
            return "http_server_response_items_total";
        }
        return instance % RULED_EVERY == RULED
                ? "http_request_duration_seconds"
                : "http_server_request_duration_seconds";
    }

    /** One of 25 series counts, the others observe durations. */
    public static MetricKind kind(int inInstance) {
        return inInstance % COUNTER_EVERY == COUNTER_EVERY - 1 ? MetricKind.COUNT : MetricKind.OBSERVATION;
    }

    static boolean isError(int inInstance) {
        return inInstance % ERRORS_EVERY == ERRORS_EVERY - 1;
    }
}
