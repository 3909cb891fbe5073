package dev.weir.topology.crash;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with a JVM of its own, that logs to a file and ends with this one. One thread. */
final class ChildProcess {
    private static final String READY = "ready";
    private static final int PATIENCE_S = 60;

    private final Process process;
    private final Writer orders;

    private ChildProcess(Process process) {
        this.process = process;
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * Starts a main class.
     *
     * @param jvm options of the JVM
     * @param log what it writes to standard error is appended here
     */
    static ChildProcess start(List<String> jvm, Class<?> main, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            // Also when it stands still, and would not see the end of its input.
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "kill " + started.pid()));
            return new ChildProcess(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the child before anything else: what it logs goes to standard error, where nobody has to read it. */
    static void logToError() {
        System.setOut(System.err);
    }

    /** Called by the child: its parent may go on. */
    static void sayReady() {
        say(READY);
    }

    /** Writes a line to what was standard output before {@link #logToError}. */
    static void say(String line) {
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).println(line);
    }

    /**
     * Waits until the child has said that it is ready.
     *
     * @throws IllegalStateException if it ends before
     */
    ChildProcess awaitReady() {
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(READY)) {
                    return this;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("process " + process.pid() + " has ended before it was ready, see its log");
    }

    /** Sends a line to its standard input; to one that has ended it means nothing. */
    void order(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException ended) {
            // As if the order had come a moment too late.
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        require(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), "SIGKILL");
    }

    /** SIGTERM: it ends in good order. */
    void terminate() throws InterruptedException {
        process.destroy();
        require(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), "SIGTERM");
    }

    /** Ends its standard input and waits. */
    void endOrders() throws InterruptedException {
        try {
            orders.close();
        } catch (IOException ended) {
            // It has ended already.
        }
        require(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), "the end of its input");
    }

    /** SIGSTOP: it stands still. */
    void freeze() throws InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT: it goes on. */
    void thaw() throws InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws InterruptedException {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0 && process.isAlive()) {
                throw new IllegalStateException("kill " + signal + " " + process.pid() + " ends with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(boolean ended, String cause) {
        if (!ended) {
            throw new IllegalStateException("process " + process.pid() + " survives " + cause);
        }
    }
}
