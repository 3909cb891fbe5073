package dev.weir.testing.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The parent process of a PostgreSQL server, found by the file it keeps in its data directory. */
record Postmaster(ProcessHandle process) {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** The live server of this data directory, whichever process started it. */
    static Optional<Postmaster> running(Path dataDir) {
        Path pidFile = dataDir.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                            // Another program may have got the number since.
                            .filter(process ->
                                    process.info().command().orElse("").endsWith("postgres"))
                            .map(Postmaster::new);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        }
    }

    /** Stops it with a checkpoint; one that takes too long is killed. */
    void stopFast() {
        if (!endsAfter("INT")) {
            killImmediately();
        }
    }

    /** Stops it without a checkpoint. */
    void killImmediately() {
        if (!endsAfter("QUIT")) {
            process.destroyForcibly();
        }
    }

    private boolean endsAfter(String signal) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("PostgreSQL process " + process.pid() + " cannot be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
