package dev.weir.testing.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A port in front of a server: open, it passes bytes on; shut, connections are cut and new ones refused. */
final class Gate implements AutoCloseable {
    private final InetSocketAddress target;
    private final InetSocketAddress own;
    private final String path;
    private final Set<Closeable> connections = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;
    private @Nullable Thread acceptor;

    /** Makes an open gate before the server at the address. */
    Gate(String url) {
        URI uri = URI.create(url);
        target = new InetSocketAddress(uri.getHost(), uri.getPort());
        path = uri.getPath();
        server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        own = (InetSocketAddress) server.getLocalSocketAddress();
    }

    String url() {
        return "http://127.0.0.1:" + own.getPort() + path;
    }

    void open() {
        server = listen(own);
    }

    void shut() {
        quietly(server);
        awaitEndOf(acceptor);
        connections.forEach(Gate::quietly);
        connections.clear();
    }

    @Override
    public void close() {
        shut();
    }

    private ServerSocket listen(InetSocketAddress address) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
            acceptor = start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.add(client);
                Socket upstream = new Socket(target.getAddress(), target.getPort());
                connections.add(upstream);
                start(() -> pass(client, upstream));
                start(() -> pass(upstream, client));
            } catch (IOException e) {
                // Shut, or the server behind is down: the client sees its connection cut.
                connections.forEach(Gate::quietly);
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side is gone; closing both is all there is to do.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A socket that is closed may still hand out one connection to the thread that waits in accept. */
    private static void awaitEndOf(@Nullable Thread acceptor) {
        try {
            if (acceptor != null) {
                acceptor.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // Closed already.
        }
    }
}
