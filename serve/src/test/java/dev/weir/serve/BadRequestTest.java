package dev.weir.serve;

import static dev.weir.serve.ServedChecks.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BadRequestTest {
    private final ServedChecks served;

    BadRequestTest() throws IOException {
        served = new ServedChecks(GivenCheck.healthy("part"));
    }

    @BeforeEach
    void serverAnswers() throws Exception {
        assertThat(served.get("/livez").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void serverStillAnswers() throws Exception {
        assertThat(served.get("/livez").statusCode()).isEqualTo(200);
        served.close();
    }

    @Test
    void unknownPathIsNotFound() throws Exception {
        HttpResponse<String> response = served.get("/api/v1/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertError(json(response), "not_found", "path is /api/v1/nothing, must be one that / lists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/%2e%2e/livez", "/a%2fb", "/livez;x=1", "//livez"})
    void pathIsTakenAsWritten(String path) throws Exception {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404 ").contains("\"errorType\":\"not_found\"");
    }

    @Test
    void failureInsideIsAnInternalErrorThatTellsNothing() throws Exception {
        served.checks.close();

        HttpResponse<String> response = served.get("/readyz");

        assertThat(response.statusCode()).isEqualTo(500);
        assertError(json(response), "internal", "internal error, the log has the cause");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void wrongMethodIsRefused(String method) throws Exception {
        HttpResponse<String> response = served.send(method, "/readyz");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET");
        assertError(json(response), "bad_data", "method is " + method + ", must be one that the Allow header lists");
    }

    @Test
    void hugeHeaderIsRefused() throws Exception {
        assertRefused(exchange("GET /livez HTTP/1.1\r\nHost: x\r\nX-Huge: " + "x".repeat(20_000) + "\r\n\r\n"), 431);
    }

    @Test
    void hugeUriIsRefused() throws Exception {
        assertRefused(exchange("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /livez HTTP/1.1\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: nan\r\n\r\n",
            })
    void malformedRequestIsRefused(String request) throws Exception {
        assertRefused(exchange(request), 400);
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        for (String path : new String[] {"/", "/livez", "/metrics", "/nothing"}) {
            HttpResponse<String> response = served.get(path);
            AnswerHeaders.ALL.forEach((name, value) ->
                    assertThat(response.headers().firstValue(name)).as(path).hasValue(value));
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
        String refused = exchange("nonsense\r\n\r\n");
        AnswerHeaders.ALL.forEach((name, value) -> assertThat(refused).containsIgnoringCase(name + ": " + value));
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void assertRefused(String answer, int status) throws IOException {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("Content-Type: application/json");
        JsonNode body = JsonMapper.builder().build().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(body.get("status").asText()).isEqualTo("error");
        assertThat(body.get("errorType").asText()).isEqualTo("bad_data");
        assertThat(body.get("error").asText()).isNotBlank();
    }

    private static void assertError(JsonNode body, String type, String error) {
        assertThat(body.fieldNames()).toIterable().containsExactly("status", "errorType", "error");
        assertThat(body.get("status").asText()).isEqualTo("error");
        assertThat(body.get("errorType").asText()).isEqualTo(type);
        assertThat(body.get("error").asText()).isEqualTo(error);
    }
}
