package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.group.EvaluatorSettings;
import dev.weir.topology.ingest.EventLimits;
import dev.weir.topology.ingest.SeriesLimits;
import dev.weir.topology.ruleset.RuleBook;
import dev.weir.topology.ruleset.RuleSet;
import dev.weir.topology.series.MetricCatalog;
import dev.weir.topology.time.TimeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Names of nodes, stores and internal topics are part of the state that is stored under them. */
final class TopologySnapshotTest {
    private static final String SNAPSHOT = "/topology.txt";

    @Test
    void graphIsTheOneThatStateIsStoredUnder() throws IOException {
        PipelineSettings settings = new PipelineSettings(
                new Topics("weir"),
                TimeSettings.DEFAULTS,
                EventLimits.DEFAULTS,
                SeriesLimits.DEFAULTS,
                MetricCatalog.DEFAULTS,
                EvaluatorSettings.DEFAULTS,
                Map.of("schema.registry.url", "mock://snapshot"),
                Map.of("bootstrap.servers", "127.0.0.1:1", "application.id", "weir", "state.dir", "none"));
        PipelineStreams streams = new PipelineStreams(
                settings, new RuleBook(RuleSet.none(PipelineSettings.PANE)), InstantSource.system());
        String described = streams.describe(4).toString();

        assertThat(described)
                .as(
                        "The graph has changed. A renamed or moved store or internal topic starts empty: that is a state"
                                + " migration, say so in the commit and the changelog. If it is meant, write this into"
                                + " src/test/resources%s:%n%s",
                        SNAPSHOT, described)
                .isEqualTo(committed());
    }

    private static String committed() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                TopologySnapshotTest.class.getResourceAsStream(SNAPSHOT), "src/test/resources" + SNAPSHOT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
