package dev.weir.app.produce;

import java.io.PrintWriter;

/** The bad lines of one file: the first {@value #SHOWN} are printed, all are counted. One thread. */
final class LineFaults {
    static final int SHOWN = 20;

    private final String file;
    private final PrintWriter err;
    private long count;

    LineFaults(String file, PrintWriter err) {
        this.file = file;
        this.err = err;
    }

    void add(long line, InvalidLineException fault) {
        count++;
        if (count <= SHOWN) {
            err.println(file + ":" + line + ":" + fault.column() + ": " + fault.text());
            if (count == SHOWN) {
                err.println("further bad lines are only counted");
            }
            err.flush();
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** For the end of the last line; empty if there are none. */
    String summary() {
        return count == 0 ? "" : ", " + count + " bad lines skipped";
    }
}
