package dev.weir.topology;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.alerts.AlertTransition;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.AvroSerde;
import dev.weir.topology.aggregate.AggregateProcessor;
import dev.weir.topology.aggregate.AggregateSettings;
import dev.weir.topology.aggregate.AggregateStores;
import dev.weir.topology.ingest.IngestProcessor;
import dev.weir.topology.ingest.IngestSettings;
import dev.weir.topology.ingest.IngestStores;
import dev.weir.topology.rule.RuleProcessor;
import dev.weir.topology.rule.RuleSettings;
import dev.weir.topology.rule.RuleStores;
import dev.weir.topology.shuffle.ShufflePartitioner;
import dev.weir.topology.shuffle.Shuffled;
import dev.weir.topology.shuffle.ShuffledSerde;
import dev.weir.topology.source.RecordPack;
import dev.weir.topology.time.BrokerTimestampExtractor;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The whole graph:
 *
 * <pre>
 * events ─► ingest ─► [by-series] ─► aggregate ─► aggregates
 *             │                        │  │
 *             └────► rejected ◄────────┘  └─► [by-rule-group] ─► rules ─► alerts, alerts.state, aggregates
 *                                                   ▲              │
 *                                                   └─── moved ◄───┘
 * </pre>
 *
 * <p>Names of nodes, stores and the two internal topics are part of the stored state: changing one is a migration.
 */
final class PipelineTopology {
    static final String EVENTS = "events";
    static final String INGEST = "ingest";
    static final String BY_SERIES = "by-series";
    static final String AGGREGATE = "aggregate";
    static final String BY_RULE_GROUP = "by-rule-group";
    static final String RULES = "rules";

    /** What Kafka Streams ends the names of such topics with; to that of the rule stage it also writes itself. */
    private static final String REPARTITION = "-repartition";

    private final Topics topics;
    private final Map<String, ?> serdeConfig;

    PipelineTopology(Topics topics, Map<String, ?> serdeConfig) {
        this.topics = topics;
        this.serdeConfig = serdeConfig;
    }

    Topology build(IngestSettings ingest, AggregateSettings aggregate, RuleSettings rules) {
        StreamsBuilder builder = new StreamsBuilder();

        KStream<String, Object> ingested = builder.stream(
                        topics.events(),
                        Consumed.with(Serdes.ByteArray(), RecordPack.SERDE)
                                .withTimestampExtractor(new BrokerTimestampExtractor())
                                .withName(EVENTS))
                .process(stage(() -> new IngestProcessor(ingest), IngestStores.builders()), Named.as(INGEST));
        to(topics.rejected(), only(RejectedEvent.class, ingested, "ingest-rejected"), "ingest-rejected-topic");

        KStream<String, Object> aggregated = shuffled(ingested, BY_SERIES, aggregate.partitions())
                .process(
                        stage(() -> new AggregateProcessor(aggregate), AggregateStores.builders()),
                        Named.as(AGGREGATE));
        to(topics.rejected(), only(RejectedEvent.class, aggregated, "late-rejected"), "late-rejected-topic");
        to(topics.aggregates(), only(WindowAggregate.class, aggregated, "windows"), "aggregates-topic");

        KStream<String, Object> evaluated = shuffled(aggregated, BY_RULE_GROUP, aggregate.partitions())
                .process(stage(() -> new RuleProcessor(rules), RuleStores.builders()), Named.as(RULES));
        only(Shuffled.class, evaluated, "moved")
                .to(
                        BY_RULE_GROUP + REPARTITION,
                        Produced.with(Serdes.String(), new ShuffledSerde())
                                .withStreamPartitioner(new ShufflePartitioner())
                                .withName("moved-topic"));
        to(topics.aggregates(), only(WindowAggregate.class, evaluated, "recorded"), "recorded-topic");
        KStream<String, AlertTransition> transitions = only(AlertTransition.class, evaluated, "transitions");
        to(topics.alerts(), transitions, "alerts-topic");
        to(topics.alertStates(), transitions, "alert-states-topic");

        return builder.build();
    }

    private static KStream<String, Shuffled> shuffled(KStream<String, Object> stage, String name, int partitions) {
        return only(Shuffled.class, stage, "to-" + name)
                .repartition(Repartitioned.with(Serdes.String(), new ShuffledSerde())
                        .withStreamPartitioner(new ShufflePartitioner())
                        .withNumberOfPartitions(partitions)
                        .withName(name));
    }

    private static <T> KStream<String, T> only(Class<T> type, KStream<String, Object> stage, String name) {
        return stage.filter((key, value) -> type.isInstance(value), Named.as(name))
                .mapValues(type::cast, Named.as(name + "-typed"));
    }

    private <T extends SpecificRecord> void to(String topic, KStream<String, T> records, String name) {
        AvroSerde<T> serde = new AvroSerde<>();
        serde.configure(serdeConfig, false);
        records.to(topic, Produced.with(Serdes.String(), serde).withName(name));
    }

    private interface ProcessorMaker<KI, VI, KO, VO> {
        Processor<KI, VI, KO, VO> make();
    }

    private static <KI, VI, KO, VO> ProcessorSupplier<KI, VI, KO, VO> stage(
            ProcessorMaker<KI, VI, KO, VO> maker, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<KI, VI, KO, VO> get() {
                return maker.make();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }
}
