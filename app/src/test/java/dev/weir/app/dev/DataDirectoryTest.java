package dev.weir.app.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void secondHolderIsRefusedUntilTheFirstCloses() {
        Path root = directory.resolve("new");
        DataDirectory first = DataDirectory.open(root);
        assertThatThrownBy(() -> DataDirectory.open(root))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("data directory " + root + " is in use by process "
                        + ProcessHandle.current().pid() + ", choose another one (--data) or stop that process");
        first.close();
        DataDirectory second = DataDirectory.open(root);
        assertThat(second.kafka()).isEqualTo(root.resolve("kafka"));
        second.close();
    }

    @Test
    void fileInItsPlaceIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("data directory " + file + " cannot be used: ");
    }
}
