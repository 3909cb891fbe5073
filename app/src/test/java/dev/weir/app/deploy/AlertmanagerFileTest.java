package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alertmanager's configuration, as amtool sees it. */
final class AlertmanagerFileTest {
    private static final String FILE = "deploy/alertmanager/alertmanager.yml";

    @TempDir
    private Path folder;

    private record Answer(int exitStatus, String output) {}

    @Test
    void amtoolAcceptsTheFile() throws Exception {
        assertThat(amtool("check-config", Checkout.path(FILE).toString()).exitStatus())
                .isZero();
    }

    @Test
    void amtoolRefusesAnUnknownReceiver() throws Exception {
        String broken = Checkout.text(FILE).replace("receiver: operators", "receiver: nobody");
        Path file = Files.writeString(folder.resolve("broken.yml"), broken);

        assertThat(amtool("check-config", file.toString()).exitStatus()).isNotZero();
    }

    @Test
    void secretsAreInFiles() {
        assertThat(Checkout.text(FILE).lines().map(String::strip))
                .noneMatch(line ->
                        line.matches("(slack_api_url|api_url|routing_key|service_key|\\w*password|\\w*token):.*"))
                .filteredOn(line -> line.contains("_file:"))
                .isNotEmpty()
                .allMatch(line -> line.contains(": /etc/alertmanager/secrets/"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    S3-N1 | alertname=Anything                                          | operators
                    S3-N1 | cluster=chatdb severity=warning                             | warning
                    S3-N2 | cluster=chatdb severity=critical                            | critical,emergency,incident
                    S3-N1 | cluster=aiqleads severity=warning                           | warning
                    S3-N1 | cluster=producers severity=critical                         | critical,emergency,incident
                    S4-N1 | cluster=pyairtable severity=critical category=service environment=production service=pyairtable-api-gateway | pyairtable-critical,pyairtable-services
                    S4-N1 | cluster=pyairtable severity=critical category=service       | pyairtable-critical,pyairtable-services
                    S4-N1 | cluster=pyairtable severity=critical category=database environment=production service=pyairtable-postgres | pyairtable-critical,pyairtable-database
                    S4-N1 | cluster=pyairtable severity=warning category=database environment=production service=pyairtable-redis | pyairtable-database
                    S4-N1 | cluster=pyairtable severity=warning category=infrastructure environment=production service=pyairtable-hosts | pyairtable-infrastructure
                    S4-N1 | cluster=pyairtable severity=warning category=security environment=production service=pyairtable-auth-service | pyairtable-security
                    S4-N1 | cluster=pyairtable severity=warning category=service environment=production service=pyairtable-auth-service | pyairtable-auth
                    S4-N1 | cluster=pyairtable severity=warning category=service environment=production service=pyairtable-api-gateway | pyairtable-services
                    S4-N1 | cluster=pyairtable severity=critical category=database environment=staging service=pyairtable-postgres | pyairtable-development
                    S5-N1 | cluster=lakehouse severity=critical                         | lakehouse-critical
                    S5-N1 | cluster=lakehouse severity=warning                          | lakehouse-warning
                    demo  | cluster=demo severity=critical                              | page
                    """)
    void alertsReachTheirReceivers(String row, String labels, String receivers) throws Exception {
        List<String> command = new ArrayList<>(List.of("config", "routes", "test"));
        command.add("--config.file=" + Checkout.path(FILE));
        command.add("--verify.receivers=" + receivers);
        command.addAll(List.of(labels.split(" ", -1)));

        Answer answer = amtool(command.toArray(String[]::new));

        assertThat(answer.exitStatus()).as(row + ": " + answer.output()).isZero();
    }

    private static Answer amtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("amtool"));
        command.addAll(List.of(arguments));
        Process amtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(amtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(amtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(amtool.exitValue(), output);
    }
}
