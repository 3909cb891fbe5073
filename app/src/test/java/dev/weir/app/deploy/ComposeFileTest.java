package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.role.RoleName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Compose file names, and whether it is there. */
final class ComposeFileTest {
    private final JsonNode compose = Checkout.yaml("docker-compose.yml").get(0);
    private final JsonNode services = compose.get("services");
    private final JsonNode weir = services.get("weir");

    @TempDir
    private Path folder;

    @Test
    void everyPortIsOnLoopback() {
        services.forEach(service ->
                texts(service.get("ports")).forEach(port -> assertThat(port).matches("127\\.0\\.0\\.1:\\d+:\\d+")));
    }

    @Test
    void mountedFilesAndVolumesExist() {
        services.forEach(service -> texts(service.path("volumes")).forEach(volume -> {
            String source = volume.substring(0, volume.indexOf(':'));
            if (source.startsWith("./")) {
                assertThat(Checkout.path(source)).exists();
            } else {
                assertThat(compose.get("volumes").has(source)).as(source).isTrue();
            }
        }));
        assertThat(Checkout.path(weir.at("/build/dockerfile").asText())).isRegularFile();
    }

    @Test
    void servicesWaitForHealthyOnes() {
        services.properties().forEach(service -> {
            assertThat(service.getValue().at("/healthcheck/test").isEmpty())
                    .as(service.getKey() + " has a health check")
                    .isFalse();
            service.getValue().path("depends_on").properties().forEach(dependency -> {
                assertThat(services.has(dependency.getKey()))
                        .as(dependency.getKey())
                        .isTrue();
                assertThat(dependency.getValue().get("condition").asText()).isEqualTo("service_healthy");
            });
        });
    }

    @Test
    void secretsAreFilesNamedByTheEnvironment() {
        compose.get("secrets")
                .forEach(secret -> assertThat(secret.get("file").asText()).matches("\\$\\{[A-Z_]+:\\?.+}"));
        services.forEach(service -> {
            texts(service.path("secrets"))
                    .forEach(name -> assertThat(compose.get("secrets").has(name))
                            .as(name)
                            .isTrue());
            service.path("environment").properties().forEach(variable -> {
                if (variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN|CREDENTIAL).*")) {
                    assertThat(variable.getKey()).endsWith("_FILE");
                    String secret = variable.getValue().asText().replace("/run/secrets/", "");
                    assertThat(texts(service.get("secrets"))).contains(secret);
                }
            });
        });
    }

    @Test
    void weirRunsAllRolesWithTheMountedConfiguration() {
        RunArguments arguments = RunArguments.parse(weir.get("command"));

        assertThat(arguments.roles()).containsExactlyInAnyOrder(RoleName.values());
        assertThat(texts(weir.get("volumes"))).contains("./deploy/weir.yml:" + arguments.config() + ":ro");
    }

    @Test
    void configurationNamesTheServices() throws IOException {
        WeirConfig config = config();

        String broker = config.kafka().bootstrapServers();
        assertThat(services.has(broker.substring(0, broker.indexOf(':')))).isTrue();
        assertThat(services.at("/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText())
                .contains("//" + broker);
        URI registry = URI.create(config.schemaRegistry().url());
        assertThat(containerPorts(registry.getHost())).contains(registry.getPort());
        URI alertmanager = config.notifier().orElseThrow().alertmanagers().get(0);
        assertThat(containerPorts(alertmanager.getHost())).contains(alertmanager.getPort());
        URI store = URI.create(config.store().url().substring("jdbc:".length()));
        assertThat(containerPorts(store.getHost())).contains(store.getPort());
        JsonNode postgres = services.at("/" + store.getHost() + "/environment");
        assertThat(store.getPath()).isEqualTo("/" + postgres.get("POSTGRES_DB").asText());
        assertThat(config.store().user())
                .isEqualTo(postgres.get("POSTGRES_USER").asText());
        assertThat(config.store().password().value()).isEqualTo("a-secret");
    }

    @Test
    void publishedPortIsTheOneWeirListensOn() throws IOException {
        int port = config().http().port();

        assertThat(containerPorts("weir")).containsExactly(port);
        assertThat(texts(weir.at("/healthcheck/test"))).containsExactly("CMD", "/opt/weir/ready.sh", "" + port);
        assertThat(config().http().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void stateAndRulesAreInVolumes() throws IOException {
        List<String> volumes = texts(weir.get("volumes"));

        assertThat(volumes).contains("weir-state:/var/lib/weir", "./rules:/opt/weir/rules:ro");
        assertThat(config().stream().stateDir()).startsWithRaw(Path.of("/var/lib/weir"));
        assertThat(config().rules().files()).containsExactly("/opt/weir/rules/*.yml");
    }

    @Test
    void imagesAreThoseTheTestsRun() {
        assertThat(image("kafka")).isEqualTo("apache/kafka:" + Checkout.pom("kafka.version"));
        assertThat(image("registry")).isEqualTo("apicurio/apicurio-registry:" + Checkout.pom("apicurio.version"));
        String postgres = Checkout.pom("postgres-binaries.version");
        assertThat(image("postgres")).isEqualTo("postgres:" + postgres.substring(0, postgres.indexOf('.')));
        assertThat(image("weir")).isEqualTo("weir:" + Checkout.pom("version"));
    }

    private WeirConfig config() throws IOException {
        Map<String, String> variables = new HashMap<>();
        weir.get("environment")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        Files.createDirectories(folder);
        return GivenEnvironment.config("deploy/weir.yml", variables, folder);
    }

    private String image(String service) {
        return services.get(service).get("image").asText();
    }

    private List<Integer> containerPorts(String service) {
        assertThat(services.has(service)).as(service).isTrue();
        return texts(services.get(service).get("ports")).stream()
                .map(port -> Integer.valueOf(port.substring(port.lastIndexOf(':') + 1)))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
