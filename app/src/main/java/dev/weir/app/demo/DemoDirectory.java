package dev.weir.app.demo;

import dev.weir.app.CommandFailedException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps its data: a directory that was named and stays, or a temporary one that is deleted at the end.
 *
 * @param path the directory
 * @param temporary whether it is deleted on close
 */
record DemoDirectory(Path path, boolean temporary) implements AutoCloseable {
    static DemoDirectory of(@Nullable Path named) {
        try {
            return named == null
                    ? new DemoDirectory(Files.createTempDirectory("weir-demo-"), true)
                    : new DemoDirectory(named.toAbsolutePath(), false);
        } catch (IOException e) {
            throw new CommandFailedException("no temporary directory can be made, name one with --data: " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
