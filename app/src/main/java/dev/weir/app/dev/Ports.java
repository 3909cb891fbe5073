package dev.weir.app.dev;

import dev.weir.app.CommandFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The four ports in a row of an embedded Weir.
 *
 * @param base Kafka's; the others follow
 */
record Ports(int base) {
    int kafka() {
        return base;
    }

    int registry() {
        return base + 1;
    }

    int postgres() {
        return base + 2;
    }

    int http() {
        return base + 3;
    }

    /**
     * Tries each port before anything starts.
     *
     * @throws CommandFailedException naming all that are taken
     */
    void requireFree() {
        Map<Integer, String> uses = new LinkedHashMap<>();
        uses.put(kafka(), "Kafka");
        uses.put(registry(), "schema registry");
        uses.put(postgres(), "PostgreSQL");
        uses.put(http(), "HTTP");
        StringJoiner taken = new StringJoiner(", ");
        uses.forEach((port, use) -> {
            if (!isFree(port)) {
                taken.add(port + " (" + use + ")");
            }
        });
        if (taken.length() > 0) {
            throw new CommandFailedException(
                    "port " + taken + " is taken on 127.0.0.1, choose others with --port-base");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
