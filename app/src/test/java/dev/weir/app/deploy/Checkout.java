package dev.weir.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of the repository this test runs in. */
public final class Checkout {
    private static final Path ROOT = root();

    private Checkout() {}

    public static Path path(String relative) {
        return ROOT.resolve(relative).normalize();
    }

    public static String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The documents of a YAML file; a key given twice is refused. */
    public static List<JsonNode> yaml(String relative) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setLabel(relative)
                .build();
        JsonMapper mapper = JsonMapper.builder().build();
        List<JsonNode> documents = new ArrayList<>();
        new Load(settings)
                .loadAllFromString(text(relative))
                .forEach(document -> documents.add(mapper.valueToTree(document)));
        return documents;
    }

    public static List<String> names(String folder, String glob) {
        try (Stream<Path> files = Files.list(path(folder))) {
            var matcher = path(folder).getFileSystem().getPathMatcher("glob:" + glob);
            return files.map(Path::getFileName)
                    .filter(matcher::matches)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The text of the first such element of the parent pom. */
    static String pom(String element) {
        Matcher value =
                Pattern.compile("<" + Pattern.quote(element) + ">([^<]*)<").matcher(text("pom.xml"));
        if (!value.find()) {
            throw new IllegalArgumentException(element + " is not in pom.xml");
        }
        return value.group(1);
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docker-compose.yml"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("docker-compose.yml is in no directory above this one");
            }
        }
        return directory;
    }
}
