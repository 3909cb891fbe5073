package dev.weir.benchmarks.engine.child;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Java process of a run, spoken to in lines. It ends when this is closed. One thread. */
public final class ChildProcess implements AutoCloseable {
    /** What a line of an answer begins with; all other lines belong to the log. */
    public static final String RESULT = "RESULT ";

    private static final int END_S = 20;
    private static final int SHOWN_LINES = 20;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    /**
     * Starts a process.
     *
     * @param classPath of the virtual machine
     * @param options of the virtual machine
     * @param log takes its standard error
     */
    public ChildProcess(
            String name, String classPath, List<String> options, String main, List<String> arguments, Path log) {
        this.name = name;
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Says a line and returns the answer to it. */
    public String ask(String line) {
        try {
            commands.write(line);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw failed(e);
        }
        return answer();
    }

    /**
     * The next answer.
     *
     * @throws IllegalStateException with the end of its log if the process has ended
     */
    public String answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(RESULT)) {
                    return line.substring(RESULT.length());
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        throw failed(null);
    }

    private IllegalStateException failed(@Nullable IOException cause) {
        return new IllegalStateException(name + " has ended:\n" + String.join("\n", lastLines()), cause);
    }

    private List<String> lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        } catch (IOException e) {
            return List.of(log + " cannot be read: " + e.getMessage());
        }
    }

    /** Ends the process as a crash does, and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
