package dev.weir.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the launcher beside a pretended project, with pretended tools that say how they were called. */
final class LauncherTest {
    private static final List<String> SHELL_TOOLS =
            List.of("sh", "find", "head", "tail", "sed", "touch", "mkdir", "readlink", "flock");

    @TempDir
    private Path directory;

    private Path project;
    private Path tools;

    private record Outcome(int status, String out, String err) {}

    @BeforeEach
    void layOutProject() throws IOException {
        project = Files.createDirectory(directory.resolve("a project"));
        tools = Files.createDirectory(directory.resolve("tools"));
        Files.copy(launcher(), project.resolve("weir"));
        Files.setPosixFilePermissions(project.resolve("weir"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(project.resolve("app/src/main"));
        Files.writeString(project.resolve("pom.xml"), "");
        for (String tool : SHELL_TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
    }

    @Test
    void missingJavaSaysWhatToInstall() throws Exception {
        assertFailure("weir: java is missing: install a JDK, version 17 or newer");
    }

    @Test
    void missingMavenSaysWhatToInstall() throws Exception {
        tool("java", version("17.0.1"));
        tool("javac", "exit 0");
        assertFailure("weir: mvn is missing: install Apache Maven 3.8 or newer");
    }

    @Test
    void missingCompilerSaysWhatToInstall() throws Exception {
        tool("java", version("17.0.1"));
        tool("mvn", "exit 0");
        assertFailure("weir: javac is missing: install a JDK, not only a JRE");
    }

    @Test
    void oldJavaIsRefusedWithItsVersion() throws Exception {
        tool("java", version("11.0.20"));
        assertFailure("weir: java is version 11, must be 17 or newer: ");
        tool("java", version("1.8.0_292"));
        assertFailure("weir: java is version 8, must be 17 or newer: ");
    }

    @Test
    void failedBuildShowsTheEndOfItsLog() throws Exception {
        tool("java", version("17"));
        tool("javac", "exit 0");
        tool("mvn", "echo it broke here; exit 1");
        Outcome outcome = run(project.resolve("weir"), "version");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("building weir (first time: several minutes)…", "it broke here", "weir: the build failed");
    }

    @Test
    void jarIsBuiltOnceAndAgainOnlyAfterAChange() throws Exception {
        workingTools();
        assertThat(run(project.resolve("weir"), "version").err()).contains("building weir");
        Outcome second = run(project.resolve("weir"), "produce", "--file", "two words");
        assertThat(second.err()).doesNotContain("building");
        assertThat(second.out())
                .contains("-jar <" + project.toRealPath() + "/app/target/weir.jar> <produce> <--file> <two words>");
        Path source = Files.writeString(project.resolve("app/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        assertThat(run(project.resolve("weir"), "version").err()).contains("building weir");
    }

    @Test
    void launcherFindsItsProjectThroughSymlinksFromAnyDirectory() throws Exception {
        workingTools();
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a project/weir"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), link);
        assertThat(run(second, "version").out()).contains("-jar <" + project.toRealPath() + "/app/target/weir.jar>");
    }

    @Test
    void exitStatusIsThatOfWeir() throws Exception {
        workingTools();
        tool("java", version("17") + "\nexit 3");
        assertThat(run(project.resolve("weir"), "check").status()).isEqualTo(3);
    }

    private void workingTools() throws IOException {
        tool("java", version("17") + "\nfor word; do printf '<%s> ' \"$word\" | sed 's/<\\(-jar\\)>/\\1/'; done");
        tool("javac", "exit 0");
        tool("mvn", ": >app/target/weir.jar");
    }

    private static String version(String version) {
        return "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\" 2026-01-01' >&2; exit 0; fi";
    }

    private void assertFailure(String start) throws Exception {
        Outcome outcome = run(project.resolve("weir"), "--help");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith(start).hasLineCount(1);
    }

    private void tool(String name, String body) throws IOException {
        Path file = tools.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Path launcher, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tools.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static Path launcher() {
        return Path.of("..", "weir").toAbsolutePath().normalize();
    }

    private static Path find(String tool) {
        for (String place : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
            if (Files.exists(Path.of(place, tool))) {
                return Path.of(place, tool);
            }
        }
        throw new IllegalStateException(tool + " is missing on this machine");
    }
}
