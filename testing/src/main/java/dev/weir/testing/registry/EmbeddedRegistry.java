package dev.weir.testing.registry;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A Schema Registry server in this process, on 127.0.0.1 only.
 *
 * <p>Serves Confluent's paths at the root and below {@code /apis/ccompat/v7}, as Apicurio does. With a directory its
 * content survives restarts and crashes.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final List<String> BASE_PATHS = List.of("", "/apis/ccompat/v7");
    private static final int THREADS = 16;

    private final Javalin server;

    private EmbeddedRegistry(Javalin server) {
        this.server = server;
    }

    /**
     * Starts a registry.
     *
     * @param port the port, or 0 for a free one
     * @param dataDir where to keep its content; null: in memory only
     * @throws IllegalStateException if the port is taken or the content of {@code dataDir} cannot be read
     */
    public static EmbeddedRegistry start(int port, @Nullable Path dataDir) {
        RegistryRoutes routes = new RegistryRoutes(new RegistryStore(new RegistryFile(dataDir)));
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
            routes.addTo(config.routes, BASE_PATHS);
        });
        try {
            return new EmbeddedRegistry(server.start(HOST, port));
        } catch (JavalinBindException e) {
            server.stop();
            throw new IllegalStateException("port of the registry is " + port + ", must be free on " + HOST, e);
        }
    }

    /** Returns the address for {@code schema.registry.url}. */
    public String url() {
        return "http://" + HOST + ":" + server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
