package dev.weir.app.produce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream, of bounded length: the rest of a longer line is skipped without being kept. A line ends in LF or CRLF; the
 * last may end in neither. One thread.
 */
final class BoundedLines {
    private final InputStream in;
    private final int most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean tooLong;

    /** @param most most bytes of a line, without its end */
    BoundedLines(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** Moves to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        line.reset();
        tooLong = false;
        int read = in.read();
        if (read < 0) {
            return false;
        }
        number++;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() <= most) {
                line.write(read);
            } else {
                tooLong = true;
            }
        }
        return true;
    }

    /** Of the line it is at, from 1. */
    long number() {
        return number;
    }

    /** The line it is at. */
    byte[] bytes() throws InvalidLineException {
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (tooLong || length > most) {
            throw new InvalidLineException(most + 1, "the line is too long, must be at most " + most + " bytes");
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    boolean isBlank() {
        if (tooLong) {
            return false;
        }
        for (byte letter : line.toByteArray()) {
            if (letter != ' ' && letter != '\t' && letter != '\r') {
                return false;
            }
        }
        return true;
    }
}
