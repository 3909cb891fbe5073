package dev.weir.topology.crash;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.AvroDeserializer;
import dev.weir.testing.oracle.OutputCheck;
import dev.weir.topology.Topics;

/** What a stream has published, read committed and followed. One thread. */
final class Published implements AutoCloseable {
    private final OutputCheck output = new OutputCheck();
    private final TopicLog aggregates;
    private final TopicLog rejected;
    private final AvroDeserializer<WindowAggregate> windowReader;
    private final AvroDeserializer<RejectedEvent> rejectReader;

    Published(Machine machine, Topics topics, int partitions) {
        aggregates = new TopicLog(machine.bootstrapServers(), topics.aggregates(), partitions);
        rejected = new TopicLog(machine.bootstrapServers(), topics.rejected(), partitions);
        windowReader = Serdes.reader(machine);
        rejectReader = Serdes.reader(machine);
    }

    /** Leaves out what is there now. */
    void skip() {
        aggregates.skip();
        rejected.skip();
    }

    /** Reads on to the present end and returns all there is so far. */
    OutputCheck read() {
        aggregates.readToEnd(record -> output.window(Serdes.read(windowReader, record)));
        rejected.readToEnd(record -> output.rejected(Serdes.read(rejectReader, record)));
        return output;
    }

    @Override
    public void close() {
        aggregates.close();
        rejected.close();
    }
}
