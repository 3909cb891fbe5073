package dev.weir.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the addresses of one registry: to the last that answered first, then to the others, and all
 * over again up to {@value #ROUNDS} times. Thread-safe.
 */
final class RestClient {
    private static final int ROUNDS = 3;
    private static final long FIRST_PAUSE_MS = 100;
    private static final int REASON_LIMIT = 2_000;
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryAddress address;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private volatile int preferred;

    RestClient(RegistryAddress address) {
        this.address = address;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(address.connectTimeout())
                .build();
    }

    /**
     * Returns the JSON a registry answered.
     *
     * @throws RegistryAnswerException if it answered with an error that stays
     * @throws RegistryUnavailableException if no address answered, in no round
     */
    JsonNode send(String method, String path, @Nullable JsonNode body) throws RegistryAnswerException {
        List<Exception> failures = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                pauseBefore(round);
                JsonNode answer = sendToAny(method, path, body, failures);
                if (answer != null) {
                    return answer;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(e);
                throw unavailable("interrupted", failures);
            }
        }
        throw unavailable(ROUNDS + " attempts failed", failures);
    }

    /** Returns null if every address failed in a way that may pass. */
    private @Nullable JsonNode sendToAny(String method, String path, @Nullable JsonNode body, List<Exception> failures)
            throws InterruptedException, RegistryAnswerException {
        int first = preferred;
        for (int i = 0; i < address.urls().size(); i++) {
            int index = (first + i) % address.urls().size();
            try {
                JsonNode answer = sendTo(address.urls().get(index), method, path, body);
                preferred = index;
                return answer;
            } catch (RegistryAnswerException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                failures.add(e);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        return null;
    }

    private JsonNode sendTo(URI url, String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException, RegistryAnswerException {
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve(url, path))
                .timeout(address.readTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE);
        }
        if (address.authorization() != null) {
            request.header("Authorization", address.authorization());
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
            return json.readTree(response.body());
        }
        throw refusal(response);
    }

    private static URI resolve(URI url, String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private RegistryAnswerException refusal(HttpResponse<String> response) {
        int status = response.statusCode();
        try {
            JsonNode body = json.readTree(response.body());
            if (body.hasNonNull("message")) {
                return new RegistryAnswerException(
                        status,
                        body.path("error_code").asInt(status),
                        shortened(body.path("message").asText()));
            }
        } catch (JsonProcessingException e) {
            // Not a registry's answer, perhaps a proxy's: its text is all there is.
        }
        String text = response.body().isBlank() ? "no reason given" : response.body();
        return new RegistryAnswerException(status, status, shortened(text));
    }

    private static String shortened(String reason) {
        return reason.length() <= REASON_LIMIT ? reason : reason.substring(0, REASON_LIMIT) + "…";
    }

    private static void pauseBefore(int round) throws InterruptedException {
        if (round > 0) {
            long longest = FIRST_PAUSE_MS << (round - 1);
            TimeUnit.MILLISECONDS.sleep(
                    longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
        }
    }

    private RegistryUnavailableException unavailable(String what, List<Exception> failures) {
        Exception last = failures.remove(failures.size() - 1);
        failures.forEach(last::addSuppressed);
        return new RegistryUnavailableException(
                "registry " + address + " cannot be asked: " + what + ", the last with " + FailureText.of(last), last);
    }

    List<URI> urls() {
        return address.urls();
    }
}
