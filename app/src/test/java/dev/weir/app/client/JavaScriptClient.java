package dev.weir.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.npm.NpmPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Confluent's JavaScript client, one node process a call. */
final class JavaScriptClient {
    private static final NpmPackage PACKAGE = new NpmPackage("@confluentinc/schemaregistry", "1.10.1");
    private static final int SECONDS = 60;

    private final Path script;
    private final String registryUrl;

    /** Installs the package if this build has not yet. */
    JavaScriptClient(String registryUrl) throws IOException, InterruptedException {
        this.registryUrl = registryUrl;
        // Node looks for packages from the script's own folder upwards.
        script = PACKAGE.installed().resolve("codec.js");
        try (InputStream source =
                Objects.requireNonNull(JavaScriptClient.class.getResourceAsStream("/javascript/codec.js"))) {
            Files.write(script, source.readAllBytes());
        }
    }

    /** The record as JSON. */
    String decode(String topic, byte[] payload) throws IOException, InterruptedException {
        return run(Base64.getEncoder().encodeToString(payload), "decode", registryUrl, topic);
    }

    /** The payload by the latest schema of the subject. */
    byte[] encode(String topic, String subject, String json) throws IOException, InterruptedException {
        return Base64.getDecoder().decode(run(json, "encode", registryUrl, topic, subject));
    }

    /** The id of the schema, which is registered if the subject does not have it. */
    int register(String subject, String schema) throws IOException, InterruptedException {
        return Integer.parseInt(run(schema, "register", registryUrl, subject));
    }

    private String run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(List.of(arguments));
        Path answer = Files.createTempFile(script.getParent(), "answer", ".txt");
        Path errors = Files.createTempFile(script.getParent(), "errors", ".txt");
        Process node = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(errors.toFile())
                .start();
        try (var stdin = node.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        boolean ended = node.waitFor(SECONDS, TimeUnit.SECONDS);
        node.destroyForcibly();
        assertThat(ended).as("node ended: %s", Files.readString(errors)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(answer);
    }
}
