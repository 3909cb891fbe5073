package dev.weir.benchmarks.engine.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.engine.measure.PassResult;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import dev.weir.benchmarks.engine.system.Systems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** The process of one system: makes a pass for each line that it reads, a number and perhaps a
 * file for a profile, and answers with its result. */
public final class SystemMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SystemMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param args the name of the system, then {@link PassSettings#arguments}
     */
    public static void main(String[] args) throws Exception {
        PassSettings settings = PassSettings.parse(Arrays.asList(args).subList(1, args.length));
        try {
            serve(Systems.of(args[0], settings));
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static void serve(SystemUnderTest system) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(ChildProcess.RESULT + "ready");
        for (String line = read(commands); line != null; line = read(commands)) {
            List<String> words = List.of(line.split(" ", 2));
            int number = Integer.parseInt(words.get(0));
            PassResult result =
                    words.size() == 1 ? system.pass(number) : profiled(system, number, Path.of(words.get(1)));
            System.out.println(ChildProcess.RESULT + JSON.writeValueAsString(result));
        }
    }

    private static PassResult profiled(SystemUnderTest system, int number, Path file) throws Exception {
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.start();
            PassResult result = system.pass(number);
            recording.stop();
            recording.dump(file);
            return result;
        }
    }

    private static @Nullable String read(BufferedReader commands) throws IOException {
        return commands.readLine();
    }
}
