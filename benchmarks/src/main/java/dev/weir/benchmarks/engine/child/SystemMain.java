package dev.weir.benchmarks.engine.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import dev.weir.benchmarks.engine.system.Systems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The process of one system: makes a pass for each line that it reads, a number, and answers with its result. */
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
            String answer = JSON.writeValueAsString(system.pass(Integer.parseInt(line)));
            System.out.println(ChildProcess.RESULT + answer);
        }
    }

    private static @Nullable String read(BufferedReader commands) throws IOException {
        return commands.readLine();
    }
}
