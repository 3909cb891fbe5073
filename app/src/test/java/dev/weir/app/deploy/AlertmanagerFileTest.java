package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alertmanager's configuration, as amtool sees it. */
final class AlertmanagerFileTest {
    private static final String FILE = "deploy/alertmanager/alertmanager.yml";

    @TempDir
    private Path folder;

    @Test
    void amtoolAcceptsTheFile() throws Exception {
        assertThat(exitStatusFor(Checkout.path(FILE))).isZero();
    }

    @Test
    void amtoolRefusesAnUnknownReceiver() throws Exception {
        String broken = Checkout.text(FILE).replace("receiver: page", "receiver: nobody");

        assertThat(exitStatusFor(Files.writeString(folder.resolve("broken.yml"), broken)))
                .isNotZero();
    }

    private static int exitStatusFor(Path file) throws Exception {
        Process amtool = new ProcessBuilder("amtool", "check-config", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(amtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return amtool.exitValue();
    }
}
