package dev.weir.app.demo;

import dev.weir.app.Weir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code weir run} as a process of its own, to be killed. */
final class StreamProcess {
    private final Process process;

    private StreamProcess(Process process) {
        this.process = process;
    }

    static StreamProcess start(Path config, String roles, Path log) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Weir.class.getName(),
                "run",
                "--config",
                config.toString(),
                "--roles",
                roles);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new StreamProcess(builder.start());
    }

    /** SIGKILL: nothing of it gets to run any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end and waits; kills it if it does not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
