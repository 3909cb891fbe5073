package dev.weir.alerting.unittest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the rule files that a pattern names: {@code *}, {@code ?} and {@code [a-z]} may stand in every part of a path. */
final class RuleFileGlob {
    private RuleFileGlob() {}

    /** The path that a pattern in a test file means. */
    static Path resolve(Path testFile, String pattern) {
        Path directory = testFile.getParent();
        Path path = Path.of(pattern);
        return (directory == null ? path : directory.resolve(path)).normalize();
    }

    /** The files in the order of their names; none if nothing matches. */
    static List<Path> find(Path testFile, String pattern) {
        Path resolved = resolve(testFile, pattern);
        Path root = resolved.getRoot();
        List<Path> found = List.of(root == null ? Path.of("") : root);
        for (Path part : resolved) {
            found = found.stream()
                    .flatMap(directory -> matching(directory, part).stream())
                    .toList();
        }
        return found;
    }

    private static List<Path> matching(Path directory, Path part) {
        String name = part.toString();
        if (!name.matches(".*[*?\\[].*")) {
            Path path = directory.resolve(part);
            return Files.exists(path) ? List.of(path) : List.of();
        }
        PathMatcher matcher = FileSystems.getDefault()
                .getPathMatcher("glob:" + name.replace("{", "\\{").replace("}", "\\}"));
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> children = Files.list(directory)) {
            children.filter(child -> matcher.matches(child.getFileName()))
                    .sorted()
                    .forEach(paths::add);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be listed: " + e.getMessage(), e);
        }
        return paths;
    }
}
