package dev.weir.evolution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The committed versions of one schema: the files {@code <directory>/<full name>/<n>.avsc}, n from 1 without gaps. */
record CommittedVersions(Path directory, String fullName, SortedMap<Integer, Schema> byNumber) {
    private static final String SUFFIX = ".avsc";

    static CommittedVersions of(Path directory, String fullName) throws IOException {
        SortedMap<Integer, Schema> byNumber = new TreeMap<>();
        for (int n = 1; Files.exists(file(directory, fullName, n)); n++) {
            byNumber.put(n, new Schema.Parser().parse(Files.readString(file(directory, fullName, n))));
        }
        return new CommittedVersions(directory, fullName, byNumber);
    }

    /** Returns the file that the next version belongs into. */
    Path next() {
        return file(directory, fullName, byNumber.size() + 1);
    }

    private static Path file(Path directory, String fullName, int n) {
        return directory.resolve(fullName).resolve(n + SUFFIX);
    }
}
