package dev.weir.app.produce;

import dev.weir.app.CommandFailedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where events are read from: a file or the standard input, plain or gzip.
 *
 * @param path null for the standard input
 */
public record EventFile(@Nullable Path path) {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    /** {@code -} is the standard input. */
    public static EventFile of(String text) {
        return new EventFile(text.equals("-") ? null : Path.of(text));
    }

    /** The name for messages. */
    String name() {
        return path == null ? "stdin" : path.toString();
    }

    /**
     * Opens it, unpacking what begins with gzip's magic bytes.
     *
     * @throws CommandFailedException if it is missing or cannot be read
     */
    InputStream open() {
        try {
            InputStream raw = path == null ? System.in : Files.newInputStream(path);
            return unpacked(raw);
        } catch (NoSuchFileException missing) {
            throw new CommandFailedException("file " + name() + " is missing (--file)", missing);
        } catch (IOException unreadable) {
            throw new CommandFailedException(
                    "file " + name() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
        in.mark(2);
        boolean packed = in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
        in.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    }
}
