package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.role.RoleName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Kubernetes base names, and whether it is there. */
final class KubernetesBaseTest {
    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";

    private final JsonNode base = Checkout.yaml("k8s/kustomization.yaml").get(0);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void eachRoleHasAWorkloadThatServesProbes(RoleName role) {
        RunArguments arguments = RunArguments.parse(workload(role).at(CONTAINER + "/args"));

        assertThat(arguments.roles()).contains(role, RoleName.SERVE);
        assertThat(arguments.config()).isEqualTo("/etc/weir/weir.yml");
        assertThat(mounts(workload(role)))
                .containsEntry("/etc/weir", "config")
                .containsEntry("/opt/weir/rules", "rules");
    }

    @ParameterizedTest
    @EnumSource
    void variablesAreSettingsAndPortsAreConfigured(RoleName role) throws IOException {
        WeirConfig config = config(workload(role));

        assertThat(workload(role).at(CONTAINER + "/ports/0/containerPort").asInt())
                .isEqualTo(config.http().port());
        assertThat(workload(role)
                        .at("/spec/template/metadata/annotations/prometheus.io~1port")
                        .asText())
                .isEqualTo("" + config.http().port());
        assertThat(workload(role)
                        .at("/spec/template/metadata/annotations/prometheus.io~1path")
                        .asText())
                .isEqualTo("/metrics");
        assertThat(config.http().host()).isEqualTo("0.0.0.0");
        assertThat(config.rules().files()).containsExactly("/opt/weir/rules/*.yml");
    }

    @ParameterizedTest
    @EnumSource
    void probesAskWhatWeirAnswers(RoleName role) {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = workload(role).at(CONTAINER + "/" + probe + "/httpGet");
            assertThat(get.get("path").asText()).isEqualTo(probe.equals("readinessProbe") ? "/readyz" : "/livez");
            assertThat(get.get("port").asText()).isEqualTo("http");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMountHasItsVolume(RoleName role) {
        List<String> volumes = new ArrayList<>();
        workload(role)
                .at(POD + "/volumes")
                .forEach(volume -> volumes.add(volume.get("name").asText()));
        workload(role)
                .at("/spec/volumeClaimTemplates")
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));

        assertThat(mounts(workload(role)).values()).containsExactlyInAnyOrderElementsOf(volumes);
    }

    @ParameterizedTest
    @EnumSource
    void podIsRestricted(RoleName role) {
        JsonNode pod = workload(role).at(POD + "/securityContext");
        JsonNode container = workload(role).at(CONTAINER + "/securityContext");

        assertThat(pod.get("runAsNonRoot").asBoolean()).isTrue();
        assertThat(Checkout.text("Dockerfile"))
                .contains("USER " + pod.get("runAsUser").asText() + ":"
                        + pod.get("runAsGroup").asText());
        assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(workload(role).at(CONTAINER + "/resources/limits/memory").asText())
                .isNotEmpty();
        assertThat(workload(role).at(POD + "/automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(workload(role).at(POD + "/enableServiceLinks").asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void selectorsFindThePods(RoleName role) {
        JsonNode labels = workload(role).at("/spec/template/metadata/labels");
        assertThat(workload(role).at("/spec/selector/matchLabels")).isEqualTo(labels);
        JsonNode budget = document(role, "PodDisruptionBudget");
        assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(labels);
        Checkout.yaml("k8s/" + role.text() + ".yaml").stream()
                .filter(document -> document.get("kind").asText().equals("Service"))
                .forEach(service -> {
                    assertThat(service.at("/spec/selector")).isEqualTo(labels);
                    assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
                });
    }

    @Test
    void streamKeepsItsStateAndItsMembership() throws IOException {
        JsonNode stream = workload(RoleName.STREAM);
        WeirConfig config = config(stream);

        assertThat(stream.get("kind").asText()).isEqualTo("StatefulSet");
        assertThat(stream.at("/spec/serviceName").asText())
                .isEqualTo(document(RoleName.STREAM, "Service")
                        .at("/metadata/name")
                        .asText());
        assertThat(config.stream().stateDir()).startsWithRaw(Path.of("/var/lib/weir"));
        assertThat(mounts(stream)).containsEntry("/var/lib/weir", "state");
        assertThat(config.kafka().properties()).containsKey("group.instance.id");
    }

    @Test
    void generatedMapsHoldTheFilesThatAreThere() {
        assertThat(base.at("/configMapGenerator/0/name").asText()).isEqualTo("weir-config");
        assertThat(texts(base.at("/configMapGenerator/0/files"))).containsExactly("weir.yml");
        assertThat(Checkout.path("k8s/weir.yml")).isRegularFile();
        JsonNode rules = Checkout.yaml("rules/kustomization.yaml").get(0).at("/configMapGenerator/0");
        assertThat(rules.get("name").asText()).isEqualTo("weir-rules");
        assertThat(texts(rules.get("files"))).containsExactlyInAnyOrderElementsOf(Checkout.names("rules", "*.yml"));
    }

    @Test
    void secretsAreNamedNotContained() {
        List<String> secrets = new ArrayList<>();
        for (String file : ManifestParsingTest.manifests()) {
            for (JsonNode document : Checkout.yaml("k8s/" + file)) {
                assertThat(document.get("kind").asText()).isNotEqualTo("Secret");
                document.findValues("secretName").forEach(name -> secrets.add(name.asText()));
            }
        }
        assertThat(secrets).isNotEmpty().containsOnly("weir-store");
    }

    @Test
    void networkPolicyLetsOutToTheConfiguredPorts() throws IOException {
        WeirConfig config = config(workload(RoleName.STREAM));
        JsonNode policy = Checkout.yaml("k8s/networkpolicy.yaml").get(0);
        String broker = config.kafka().bootstrapServers();

        List<Integer> out = new ArrayList<>();
        policy.at("/spec/egress/1/ports")
                .forEach(port -> out.add(port.get("port").asInt()));
        assertThat(out)
                .containsExactlyInAnyOrder(
                        Integer.valueOf(broker.substring(broker.indexOf(':') + 1)),
                        URI.create(config.schemaRegistry().url()).getPort(),
                        URI.create(config.store().url().substring("jdbc:".length()))
                                .getPort(),
                        config.notifier().orElseThrow().alertmanagers().get(0).getPort());
        assertThat(policy.at("/spec/ingress/0/ports/0/port").asInt())
                .isEqualTo(config.http().port());
    }

    @Test
    void imageIsTheOneOfThisVersion() {
        assertThat(base.at("/images/0/name").asText()).isEqualTo("weir");
        assertThat(base.at("/images/0/newTag").asText()).isEqualTo(Checkout.pom("version"));
        for (RoleName role : RoleName.values()) {
            assertThat(workload(role).at(CONTAINER + "/image").asText()).isEqualTo("weir");
        }
    }

    private WeirConfig config(JsonNode workload) throws IOException {
        Map<String, String> variables = new HashMap<>();
        workload.at(CONTAINER + "/env")
                .forEach(variable -> variables.put(
                        variable.get("name").asText(), variable.path("value").asText("weir-stream-0")));
        return GivenEnvironment.config("k8s/weir.yml", variables, folder);
    }

    private static JsonNode workload(RoleName role) {
        return Checkout.yaml("k8s/" + role.text() + ".yaml").stream()
                .filter(document -> !document.at(CONTAINER).isMissingNode())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode document(RoleName role, String kind) {
        return Checkout.yaml("k8s/" + role.text() + ".yaml").stream()
                .filter(document -> document.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> mounts(JsonNode workload) {
        Map<String, String> mounts = new HashMap<>();
        workload.at(CONTAINER + "/volumeMounts")
                .forEach(mount -> mounts.put(
                        mount.get("mountPath").asText(), mount.get("name").asText()));
        return mounts;
    }

    private static List<String> texts(JsonNode array) {
        Stream<JsonNode> items = StreamSupport.stream(array.spliterator(), false);
        return items.map(JsonNode::asText).toList();
    }
}
