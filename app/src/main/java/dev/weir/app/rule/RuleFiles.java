package dev.weir.app.rule;

import dev.weir.app.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rule files that paths and globs name. A glob may stand in the last part of a path, as in Prometheus. */
public final class RuleFiles {
    private final Path base;
    private final List<String> patterns;

    /**
     * The files of these paths and globs.
     *
     * @param base where relative paths start
     */
    public RuleFiles(Path base, List<String> patterns) {
        this.base = base;
        this.patterns = List.copyOf(patterns);
    }

    /**
     * The files that exist now, each once, sorted. A glob that matches nothing is allowed; a plain path that does not exist is not.
     *
     * @throws CommandFailedException if a file is missing
     */
    public List<Path> find() {
        TreeSet<Path> files = new TreeSet<>();
        for (String pattern : patterns) {
            Path path = base.resolve(pattern).normalize();
            if (pattern.matches(".*[*?\\[{].*")) {
                files.addAll(matching(path));
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                throw new CommandFailedException("rule file " + path + " is missing (rules.files)");
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> matching(Path glob) {
        Path directory = glob.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob.getFileName());
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isRegularFile)
                    .filter(child -> matcher.matches(child.getFileName()))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
