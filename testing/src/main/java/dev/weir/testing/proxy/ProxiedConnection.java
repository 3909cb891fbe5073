package dev.weir.testing.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One client's connection through a proxy: a thread each way. */
final class ProxiedConnection {
    private static final int BUFFER = 1 << 14;

    /** As it stands in PostgreSQL's message CommandComplete. */
    private static final String COMMITTED = "COMMIT\0";

    private final PostgresProxy proxy;
    private final Socket client;
    private final Socket server;
    private final ClientMessages messages = new ClientMessages();
    private volatile boolean swallowing;

    ProxiedConnection(PostgresProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        String name = "proxy-" + proxy.port() + "-" + client.getPort();
        thread(name + "-up", () -> pump(this::toServer));
        thread(name + "-down", () -> pump(this::toClient));
    }

    /** Ends it with RST to both sides. */
    void cut() {
        reset(client);
        reset(server);
        proxy.ended(this);
    }

    private void toServer() throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            proxy.await();
            int allowed = proxy.allowed(read);
            // Before the server can see it, so that no byte of its answer slips through.
            if (messages.endsCommit(buffer, Math.abs(allowed)) && proxy.takesCommit()) {
                swallowing = true;
            }
            out.write(buffer, 0, Math.abs(allowed));
            if (allowed <= 0) {
                return;
            }
        }
    }

    private void toClient() throws IOException, InterruptedException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (swallowing) {
                if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMITTED)) {
                    proxy.committed();
                }
                return;
            }
            proxy.await();
            out.write(buffer, 0, read);
        }
    }

    private void pump(Direction direction) {
        try {
            direction.run();
        } catch (IOException ended) {
            // By one of the sides, or by cut().
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Nothing is left to be sent.
        }
        try {
            socket.close();
        } catch (IOException closed) {
            // It is gone all the same.
        }
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Direction {
        void run() throws IOException, InterruptedException;
    }
}
