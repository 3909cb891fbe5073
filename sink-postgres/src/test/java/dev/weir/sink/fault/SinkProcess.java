package dev.weir.sink.fault;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sink in a process of its own, that ends with this one. One thread. */
final class SinkProcess implements AutoCloseable {
    private static final int PATIENCE_S = 60;

    private final Process process;

    private SinkProcess(Process process) {
        this.process = process;
    }

    /** @param log what it writes is appended here */
    static SinkProcess start(List<String> arguments, File log) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SinkMain.class.getName());
        builder.command().addAll(arguments);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        try {
            Process started = builder.start();
            // Also when it stands still, and would not see the end of its input.
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return new SinkProcess(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGSTOP: it stands still. */
    void freeze() throws InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT: it goes on. */
    void thaw() throws InterruptedException {
        signal("-CONT");
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void signal(String signal) throws InterruptedException {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " " + process.pid() + " ends with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
