package dev.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image is built of, and whether the build makes it. */
final class DockerfileTest {
    private final String dockerfile = Checkout.text("Dockerfile");

    @TempDir
    private Path folder;

    @Test
    void copiedFilesAreInTheRepositoryAndInTheContext() {
        List<String> ignored = Checkout.text(".dockerignore").lines().toList();
        List<String> sources = all("(?m)^COPY (?!--from)(?:--\\S+ )?(\\S+) ").stream()
                .filter(source -> !source.equals("."))
                .toList();

        assertThat(sources).containsExactly("rules", "deploy/weir.yml", "deploy/ready.sh");
        for (String source : sources) {
            assertThat(Checkout.path(source)).exists();
            assertThat(ignored).doesNotContain(source, source.replaceAll("/.*", ""));
        }
    }

    @Test
    void jarIsTheOneThatTheBuildMakes() throws IOException {
        assertThat(Checkout.text("app/pom.xml")).contains("<finalName>weir</finalName>");
        assertThat(dockerfile).contains("COPY --from=build /src/app/target/weir.jar /opt/weir/weir.jar");
        // The jar's manifest looks for the libraries beside it.
        assertThat(Checkout.text("app/pom.xml")).contains("<classpathPrefix>lib/</classpathPrefix>");
        assertThat(dockerfile).contains("COPY --from=build /src/app/target/lib /opt/weir/lib");
        assertThat(array("ENTRYPOINT").toString()).isEqualTo("[\"java\",\"-jar\",\"/opt/weir/weir.jar\"]");
    }

    @Test
    void commandIsOneThatWeirHas() {
        RunArguments arguments = RunArguments.parse(array("CMD"));

        assertThat(dockerfile).contains("COPY deploy/weir.yml " + arguments.config());
    }

    @Test
    void portIsTheOneOfTheConfiguration() throws IOException {
        WeirConfig config = GivenEnvironment.config("deploy/weir.yml", Map.of(), folder);
        String port = Integer.toString(config.http().port());

        assertThat(all("(?m)^EXPOSE (\\d+)$")).containsExactly(port);
        assertThat(all("(?m)^HEALTHCHECK .*CMD (.*)$")).containsExactly("[\"/opt/weir/ready.sh\", \"" + port + "\"]");
    }

    @Test
    void processIsNotRoot() {
        assertThat(all("(?m)^USER (.*)$")).containsExactly("10001:10001");
        assertThat(dockerfile.indexOf("\nUSER ")).isLessThan(dockerfile.indexOf("\nENTRYPOINT "));
    }

    private List<String> all(String pattern) {
        return Pattern.compile(pattern)
                .matcher(dockerfile)
                .results()
                .map(DockerfileTest::first)
                .toList();
    }

    private static String first(MatchResult match) {
        return match.group(1);
    }

    private JsonNode array(String instruction) {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(all("(?m)^" + instruction + " (.*)$").get(0));
        } catch (IOException malformed) {
            throw new AssertionError(instruction + " is not a JSON array", malformed);
        }
    }
}
