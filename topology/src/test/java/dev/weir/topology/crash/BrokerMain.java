package dev.weir.topology.crash;

import dev.weir.testing.kafka.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The broker's process. Arguments: data directory, port. It ends in good order when its standard input does. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        ChildProcess.logToError();
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        ChildProcess.sayReady();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (orders.readLine() != null) {
            // Nothing but the end of the input means anything.
        }
        broker.close();
        Runtime.getRuntime().halt(0);
    }
}
