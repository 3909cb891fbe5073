package dev.weir.sink;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/** Which topics are read together, and which tables they fill. */
final class Feeds {
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
                    "aggregates",
                    settings.groupId(),
                    List.of(aggregates),
                    List.of(new AggregateTable(partitions, settings.calendar(), clock))));
        }
        return List.copyOf(feeds);
    }

    private Feed feed(String name, String groupId, List<String> topics, List<RowTable<?, ?>> tables) {
        return new Feed(
                new Feed.Plan(name, groupId, topics, tables, deserializers.get(), settings.maxRowsPerBatch()), clock);
    }
}
