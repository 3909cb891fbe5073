package dev.weir.app.npm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One version of an npm package, without its install scripts.
 *
 * @param name with its scope
 */
public record NpmPackage(String name, String version) {
    private static final Path HOME = Path.of("target", "npm").toAbsolutePath();
    private static final int MINUTES = 5;

    /**
     * The folder whose {@code node_modules} holds the package; installed by the first test of a build that asks.
     *
     * @throws AssertionError with npm's own words when it cannot be installed
     */
    public Path installed() throws IOException, InterruptedException {
        Path folder = HOME.resolve(name.substring(name.indexOf('/') + 1) + "-" + version);
        Path done = folder.resolve("installed");
        if (Files.exists(done)) {
            return folder;
        }
        Files.createDirectories(folder);
        Path log = folder.resolve("install.log");
        Process npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--prefix",
                        folder.toString(),
                        "--ignore-scripts",
                        "--no-package-lock",
                        "--no-audit",
                        "--no-fund",
                        "--fetch-retries=4",
                        "--fetch-timeout=60000",
                        name + "@" + version)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = npm.waitFor(MINUTES, TimeUnit.MINUTES);
        npm.destroyForcibly();
        assertThat(ended).as("npm ended: %s", Files.readString(log)).isTrue();
        assertThat(npm.exitValue()).as(Files.readString(log)).isZero();
        Files.createFile(done);
        return folder;
    }
}
