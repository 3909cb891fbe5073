package dev.weir.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts alerts to one Alertmanager; any answer 2xx is success. Thread-safe. */
final class AlertPost {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_OF_ANSWER = 200;

    private final HttpClient client;
    private final URI url;
    private final Credentials credentials;
    private final Duration timeout;

    /** @param base the Alertmanager's address, with its route prefix if it has one */
    AlertPost(HttpClient client, URI base, Credentials credentials, Duration timeout) {
        this.client = client;
        this.url = URI.create(base.toString().replaceAll("/+$", "") + "/api/v2/alerts");
        this.credentials = credentials;
        this.timeout = timeout;
    }

    /** @throws IOException when it is refused, or nothing answers in time */
    void send(List<PostedAlert> alerts) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request(alerts),
                head -> isSuccess(head.statusCode())
                        ? BodySubscribers.replacing("")
                        : BodyHandlers.ofString().apply(head));
        HttpResponse<String> response = await(answer);
        if (!isSuccess(response.statusCode())) {
            throw new IOException("status " + response.statusCode() + ", must be 2xx: " + shortened(response.body()));
        }
    }

    private HttpRequest request(List<PostedAlert> alerts) throws JsonProcessingException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Weir")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(alerts)));
        credentials.header().ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    /** The client's own timeout ends with the head of the answer; this one is for all of it. */
    private <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    private static String shortened(String answer) {
        return answer.length() <= SHOWN_OF_ANSWER ? answer.strip() : answer.substring(0, SHOWN_OF_ANSWER) + "…";
    }
}
