package dev.weir.sink.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority for tests, made with the openssl of this machine. */
final class Authority {
    private final Path directory;
    private final String name;

    private Authority(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    static Authority in(Path directory, String name) throws IOException, InterruptedException {
        openssl(
                directory,
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt");
        return new Authority(directory, name);
    }

    /** What a client trusts: PEM. */
    Path certificate() {
        return directory.resolve(name + ".crt");
    }

    /** Writes {@code server.crt} and {@code server.key} for a host name. */
    void sign(String host) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("san.cnf"), "subjectAltName=DNS:" + host + "\n");
        openssl(
                directory,
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + host,
                "-keyout",
                "server.key",
                "-out",
                "server.csr");
        openssl(
                directory,
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                name + ".crt",
                "-CAkey",
                name + ".key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "san.cnf",
                "-out",
                "server.crt");
    }

    private static void openssl(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("openssl " + arguments[0] + " failed: " + output);
        }
    }
}
