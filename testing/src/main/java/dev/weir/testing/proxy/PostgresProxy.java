package dev.weir.testing.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on 127.0.0.1 in front of a PostgreSQL server, which may come and go. It passes everything until a test says
 * otherwise; a connection is cut with RST on both sides, as by a firewall or a dead machine. All methods return at once and
 * are safe from any thread. Two threads a connection; no TLS: what it cannot read it only passes.
 */
public final class PostgresProxy implements AutoCloseable {
    private static final int CONNECT_LIMIT_MS = 2_000;

    private final ServerSocket listener;
    private final int serverPort;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commitsSwallowed = new AtomicInteger();
    private boolean refusing;
    private boolean stalled;
    private boolean swallowing;
    private long bytesUntilCut = Long.MAX_VALUE;

    private PostgresProxy(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    /**
     * Starts a proxy on a free port.
     *
     * @param serverPort of the server, on 127.0.0.1
     */
    public static PostgresProxy to(int serverPort) {
        try {
            PostgresProxy proxy = new PostgresProxy(new ServerSocket(0, 0, loopback()), serverPort);
            ProxiedConnection.thread("proxy-" + proxy.port(), proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for a proxy", e);
        }
    }

    /** The port for clients, on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The connections that are open now. */
    public int connections() {
        return connections.size();
    }

    /** Cuts all connections; new ones are welcome. */
    public void cut() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Cuts the connection whose client sends the last of so many bytes from now on, that byte passed on. */
    public synchronized void cutAfter(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes is " + bytes + ", must be >= 1 (proxy)");
        }
        bytesUntilCut = bytes;
    }

    /** Holds back all bytes, both ways, and keeps the connections open. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Cuts all connections, and each new one as soon as it is made. */
    public void refuse() {
        synchronized (this) {
            refusing = true;
        }
        cut();
    }

    /** Ends {@link #stall}, {@link #refuse} and what else is under way. */
    public synchronized void pass() {
        refusing = false;
        stalled = false;
        swallowing = false;
        bytesUntilCut = Long.MAX_VALUE;
        notifyAll();
    }

    /** The next COMMIT reaches the server; its answer does not reach the client, whose connection is cut once it is there. */
    public synchronized void swallowNextCommit() {
        swallowing = true;
    }

    /** How often the server has said that it committed, and the client was not told. */
    public int commitsSwallowed() {
        return commitsSwallowed.get();
    }

    /** Cuts all connections and takes no more. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pass();
            cut();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException closed) {
                return;
            }
            Socket server = new Socket();
            ProxiedConnection connection = new ProxiedConnection(this, client, server);
            try {
                if (isRefusing()) {
                    connection.cut();
                    continue;
                }
                server.connect(new InetSocketAddress(loopback(), serverPort), CONNECT_LIMIT_MS);
                connections.add(connection);
                connection.start();
                if (isRefusing() || listener.isClosed()) {
                    connection.cut();
                }
            } catch (IOException serverAway) {
                connection.cut();
            }
        }
    }

    private synchronized boolean isRefusing() {
        return refusing;
    }

    /** Waits while the proxy is stalled. */
    synchronized void await() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    /** How many of these bytes to pass on; negative: so many without the sign, then the connection is to be cut. */
    synchronized int allowed(int bytes) {
        if (bytes < bytesUntilCut) {
            bytesUntilCut -= bytesUntilCut == Long.MAX_VALUE ? 0 : bytes;
            return bytes;
        }
        int rest = (int) bytesUntilCut;
        bytesUntilCut = Long.MAX_VALUE;
        return -rest;
    }

    /** Whether this COMMIT is the one to swallow; true once. */
    synchronized boolean takesCommit() {
        boolean taken = swallowing;
        swallowing = false;
        return taken;
    }

    void committed() {
        commitsSwallowed.incrementAndGet();
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
