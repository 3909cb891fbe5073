package dev.weir.sink;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;

/** Which topics are read together, and which tables they fill. */
final class Feeds {
    /** A raw row is written in a tenth of the time that an hour takes, so that commits would cost as much as rows. */
    private static final int RAW_BATCH = 5;

    private final SinkSettings settings;
    private final Supplier<? extends Deserializer<?>> deserializers;
    private final Partitions partitions;
    private final InstantSource clock;

    Feeds(
            SinkSettings settings,
            Supplier<? extends Deserializer<?>> deserializers,
            Partitions partitions,
            InstantSource clock) {
        this.settings = settings;
        this.deserializers = deserializers;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** One for each group of topics that the settings name. */
    List<Feed> all() {
        List<Feed> feeds = new ArrayList<>();
        String aggregates = settings.topics().get(SinkTopic.AGGREGATES);
        if (aggregates != null) {
            feeds.add(feed(
                    PostgresSink.AGGREGATES,
                    settings.groupId(),
                    List.of(aggregates),
                    List.of(new AggregateTable(partitions, settings.calendar(), clock))));
        }
        List<String> operations = Stream.of(SinkTopic.OPERATIONS, SinkTopic.ALERTS)
                .map(settings.topics()::get)
                .filter(Objects::nonNull)
                .toList();
        if (!operations.isEmpty()) {
            feeds.add(feed("operations", settings.groupId() + "-operations", operations, operations()));
        }
        String events = settings.topics().get(SinkTopic.EVENTS);
        if (events != null && !settings.raw().isEmpty()) {
            feeds.add(raw(events));
        }
        return List.copyOf(feeds);
    }

    private List<RowTable<?, ?>> operations() {
        return List.of(
                new WorkerIssueTable(),
                new MonitoringEventTable(partitions),
                new SlowQueryTable(),
                new ConnectionTable(),
                new SchemaVersionTable(),
                AlertTable.transitions(),
                AlertTable.current());
    }

    private Feed raw(String events) {
        RawSelection selection = new RawSelection(settings.raw());
        return new Feed(
                new Feed.Plan(
                        "raw",
                        settings.groupId() + "-raw",
                        List.of(events),
                        new RecordDecoder(
                                deserializers.get(),
                                List.of(
                                        RawTable.ofEvents(selection, partitions),
                                        RawTable.ofBatches(selection, partitions)),
                                // The stream sets them aside, in the topic of rejected events.
                                RecordDecoder.Foreign.SKIP),
                        RAW_BATCH * settings.maxRowsPerBatch()),
                clock);
    }

    private Feed feed(String name, String groupId, List<String> topics, List<RowTable<?, ?>> tables) {
        RecordDecoder decoder = new RecordDecoder(deserializers.get(), tables);
        return new Feed(new Feed.Plan(name, groupId, topics, decoder, settings.maxRowsPerBatch()), clock);
    }
}
