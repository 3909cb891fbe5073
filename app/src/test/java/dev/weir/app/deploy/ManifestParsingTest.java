package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every manifest is one that Kubernetes understands whole. */
final class ManifestParsingTest {
    static List<String> manifests() {
        return StreamSupport.stream(
                        Checkout.yaml("k8s/kustomization.yaml")
                                .get(0)
                                .get("resources")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .filter(name -> name.endsWith(".yaml"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifestHasOnlyFieldsThatKubernetesHas(String name) {
        List<JsonNode> documents = Checkout.yaml("k8s/" + name);

        assertThat(documents).isNotEmpty();
        for (JsonNode document : documents) {
            assertThat(StrictManifests.parse(document)).isInstanceOf(HasMetadata.class);
        }
    }

    @Test
    void everyManifestIsInTheBase() {
        assertThat(manifests())
                .containsExactlyInAnyOrderElementsOf(Checkout.names("k8s", "*.yaml").stream()
                        .filter(name -> !name.equals("kustomization.yaml"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/spec",
                "/spec/template/metadata",
                "/spec/template/spec",
                "/spec/template/spec/securityContext",
                "/spec/template/spec/containers/0",
                "/spec/template/spec/containers/0/readinessProbe/httpGet",
                "/spec/template/spec/containers/0/resources",
                "/spec/template/spec/volumes/0/configMap",
                "/spec/volumeClaimTemplates/0/spec"
            })
    void unknownFieldIsFound(String place) {
        JsonNode stream = Checkout.yaml("k8s/stream.yaml").get(1);
        ((ObjectNode) stream.at(place)).put("misspelt", "x");

        assertThatThrownBy(() -> StrictManifests.parse(stream)).hasMessageContaining("misspelt");
    }

    @Test
    void unknownKindIsFound() {
        JsonNode stream = Checkout.yaml("k8s/stream.yaml").get(1);
        ((ObjectNode) stream).put("apiVersion", "apps/v2");

        assertThatThrownBy(() -> StrictManifests.parse(stream))
                .hasMessage("kind is StatefulSet of apps/v2, must be one that Kubernetes has");
    }
}
