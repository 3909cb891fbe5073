package dev.weir.topology.crash;

import dev.weir.aggregates.WindowAggregate;
import dev.weir.rejected.RejectedEvent;
import dev.weir.serde.AvroDeserializer;
import dev.weir.testing.oracle.OutputCheck;
import dev.weir.topology.Topics;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        windowReader = reader(machine);
        rejectReader = reader(machine);
    }

    /** Leaves out what is there now. */
    void skip() {
        aggregates.skip();
        rejected.skip();
    }

    /** Reads on to the present end and returns all there is so far. */
    OutputCheck read() {
        aggregates.readToEnd(record -> output.window(read(windowReader, record)));
        rejected.readToEnd(record -> output.rejected(read(rejectReader, record)));
        return output;
    }

    private static <T extends SpecificRecord> T read(
            AvroDeserializer<T> reader, ConsumerRecord<byte[], byte[]> record) {
        return Objects.requireNonNull(reader.deserialize(record.topic(), record.headers(), record.value()));
    }

    private static <T extends SpecificRecord> AvroDeserializer<T> reader(Machine machine) {
        AvroDeserializer<T> reader = new AvroDeserializer<>();
        reader.configure(Serdes.config(machine.registryUrl()), false);
        return reader;
    }

    @Override
    public void close() {
        aggregates.close();
        rejected.close();
    }
}
