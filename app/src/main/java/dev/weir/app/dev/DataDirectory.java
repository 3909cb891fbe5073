package dev.weir.app.dev;

import dev.weir.app.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory of an embedded Weir, held by one process at a time through a lock that the system drops when the process dies. */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "weir.lock";

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if it is missing and takes its lock.
     *
     * @throws CommandFailedException if another process has it, or it cannot be written
     */
    static DataDirectory open(Path root) {
        Path file = root.resolve(LOCK_FILE);
        try {
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new CommandFailedException("data directory " + root + " is in use by process "
                        + Files.readString(file).strip() + ", choose another one (--data) or stop that process");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataDirectory(root, channel);
        } catch (IOException unwritable) {
            throw new CommandFailedException(
                    "data directory " + root + " cannot be used: " + unwritable + " (--data)", unwritable);
        }
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path registry() {
        return root.resolve("registry");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path state() {
        return root.resolve("state");
    }

    Path root() {
        return root;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }
}
