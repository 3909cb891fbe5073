package dev.weir.sink.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A disk that can be full: a tablespace on a file system in memory, filled with a file. Who must not mount gets a trigger that
 * raises the same error, 53100, instead.
 */
interface SmallDisk extends AutoCloseable {
    /** New partitions stand on it from now on, and it is full. */
    void fill();

    /** There is room again, and new partitions stand elsewhere. */
    void free();

    /** For the report. */
    String kind();

    @Override
    void close();

    /**
     * The best that this machine allows.
     *
     * @param directory made
     */
    static SmallDisk make(Path directory, StoreMachine machine) throws IOException {
        Files.createDirectories(directory);
        if (run(List.of("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", directory.toString()))) {
            Path tablespace = Files.createDirectory(directory.resolve("tablespace"));
            machine.execute("CREATE TABLESPACE small LOCATION '" + tablespace + "'");
            machine.execute("GRANT CREATE ON TABLESPACE small TO PUBLIC");
            return new Mounted(directory, machine);
        }
        machine.execute("""
                CREATE FUNCTION public.disk_full() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE EXCEPTION ''could not extend file: no space left on device'' USING ERRCODE = ''53100''; END'
                """);
        return new Raised(machine);
    }

    /** A real one. */
    record Mounted(Path directory, StoreMachine machine) implements SmallDisk {
        @Override
        public void fill() {
            machine.configure("default_tablespace", "small");
            byte[] block = new byte[1 << 12];
            Arrays.fill(block, (byte) 1);
            try (OutputStream file = Files.newOutputStream(filler())) {
                while (true) {
                    file.write(block);
                }
            } catch (IOException full) {
                // As wanted.
            }
        }

        @Override
        public void free() {
            try {
                Files.delete(filler());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            machine.configure("default_tablespace", "");
        }

        @Override
        public String kind() {
            return "tablespace";
        }

        @Override
        public void close() {
            run(List.of("umount", "-l", directory.toString()));
        }

        private Path filler() {
            return directory.resolve("filler");
        }
    }

    /** A make-believe one. */
    record Raised(StoreMachine machine) implements SmallDisk {
        @Override
        public void fill() {
            machine.execute("CREATE TRIGGER disk_full BEFORE INSERT ON monitoring.aggregated_metrics"
                    + " FOR EACH STATEMENT EXECUTE FUNCTION public.disk_full()");
        }

        @Override
        public void free() {
            machine.execute("DROP TRIGGER disk_full ON monitoring.aggregated_metrics");
        }

        @Override
        public String kind() {
            return "trigger";
        }

        @Override
        public void close() {}
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
