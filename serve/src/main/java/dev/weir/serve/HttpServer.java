package dev.weir.serve;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of one Weir process, listening from {@link #start} until {@link #close}. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;
    private static final int IDLE_THREAD_MS = 60_000;
    /** Jetty drops connections beyond this many waiting for a thread. */
    private static final int MAX_QUEUED_JOBS = 1_024;

    private final Javalin javalin;
    private final ProcessMeters meters;

    private HttpServer(Javalin javalin, ProcessMeters meters) {
        this.javalin = javalin;
        this.meters = meters;
    }

    /**
     * Binds the address and serves; the checks and the registry stay the caller's to close.
     *
     * @throws BindException when the port is taken or the address is not this machine's
     * @throws UnknownHostException when the host has no address
     */
    public static HttpServer start(HttpSettings settings, HealthChecks checks, PrometheusMeterRegistry registry)
            throws BindException, UnknownHostException {
        requireKnown(settings.host());
        BuildInfo build = BuildInfo.load();
        Javalin javalin = Javalin.create(config -> {
            configureJetty(config);
            config.routes.before(context -> AnswerHeaders.ALL.forEach(context::header));
            RouteErrors.configure(config);
            new StartPage(build).configure(config);
            new HealthRoutes(checks).configure(config);
            new MetricsRoute(registry).configure(config);
            config.routes.get("/api/v1/status/buildinfo", context -> JsonBody.send(context, ApiSuccess.of(build)));
        });
        bind(javalin, settings);
        return new HttpServer(javalin, new ProcessMeters(registry));
    }

    /** The port it listens on, also when the settings said 0. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        meters.close();
        javalin.stop();
    }

    private static void configureJetty(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(
                MAX_THREADS, MIN_THREADS, IDLE_THREAD_MS, new ArrayBlockingQueue<>(MAX_QUEUED_JOBS));
        threads.setName("weir-http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyErrors()));
    }

    private static void requireKnown(String host) throws UnknownHostException {
        if (new InetSocketAddress(host, 0).isUnresolved()) {
            throw new UnknownHostException("host is " + host + ", must have an address (http.host)");
        }
    }

    private static void bind(Javalin javalin, HttpSettings settings) throws BindException {
        try {
            javalin.start(settings.host(), settings.port());
        } catch (JavalinBindException taken) {
            javalin.stop();
            BindException clear = new BindException("address is " + settings.host() + ":" + settings.port()
                    + ", must be one of this machine's with a free port (http.host, http.port)");
            clear.initCause(taken);
            throw clear;
        }
    }
}
