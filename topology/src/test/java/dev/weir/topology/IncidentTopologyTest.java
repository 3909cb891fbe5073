package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.incident.IncidentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** As {@link TopologySnapshotTest}, for incidents. */
final class IncidentTopologyTest {
    private static final String SNAPSHOT = "/incident-topology.txt";

    @Test
    void graphIsTheOneThatStateIsStoredUnder() throws IOException {
        IncidentSettings settings = new IncidentSettings(
                new Topics("weir"),
                IncidentPolicy.DEFAULTS,
                Map.of("schema.registry.url", "mock://incidents"),
                Map.of("bootstrap.servers", "127.0.0.1:1", "application.id", "weir", "state.dir", "none"));
        String described =
                new IncidentStreams(settings, InstantSource.system()).describe().toString();
        assertThat(described)
                .as("The graph has changed: see TopologySnapshotTest. It is now:%n%s", described)
                .isEqualTo(committed());
    }

    private static String committed() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                IncidentTopologyTest.class.getResourceAsStream(SNAPSHOT), "src/test/resources" + SNAPSHOT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
