package dev.weir.benchmarks.engine.child;

import dev.weir.testing.kafka.EmbeddedBroker;
import dev.weir.testing.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The process of the broker and the schema registry. Says where they are and ends with its standard input. */
public final class BrokerMain {
    /**
     * Time for both threads of an application to join its group. Else the first is given all partitions, and while it reads them half
     * are taken from it again: for most of a pass one thread would work alone. A broker waits 3 s if nothing is set.
     */
    private static final Map<String, String> JOIN_TOGETHER = Map.of("group.initial.rebalance.delay.ms", "200");

    private BrokerMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param args the data directory
     */
    public static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), 0, JOIN_TOGETHER);
                EmbeddedRegistry registry = EmbeddedRegistry.start(0, null)) {
            System.out.println(ChildProcess.RESULT + broker.bootstrapServers() + " " + registry.url());
            while (System.in.read() >= 0) {
                // Nothing is said to a broker.
            }
        }
        System.exit(0);
    }
}
