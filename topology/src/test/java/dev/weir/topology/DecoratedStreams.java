package dev.weir.topology;

import dev.weir.topology.ruleset.RuleBook;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The stream as it is in production, but for Kafka clients that a test has its hands in. */
public final class DecoratedStreams {
    private DecoratedStreams() {}

    /** A stream with these rules; not started. */
    public static PipelineStreams of(
            PipelineSettings settings, RuleBook rules, UnaryOperator<KafkaClientSupplier> clients) {
        return new PipelineStreams(settings, rules, InstantSource.system(), clients);
    }
}
