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
import java.util.List;
import java.util.Objects;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The process of one system. It answers each line that it reads, words between tabs: {@value #SETTINGS} and {@link
 * PassSettings#arguments} say what the next passes are over; {@value #PASS}, a number and perhaps a file for a profile ask for
 * one, whose result is the answer.
 */
public final class SystemMain {
    private static final String SETTINGS = "settings";
    private static final String PASS = "pass";
    private static final String BETWEEN = "\t";
    private static final String READY = "ready";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs from the first profile on: to begin a first recording changes classes, and what uses them is compiled again. */
    private static @Nullable Recording background;

    private SystemMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param args the name of the system
     */
    public static void main(String[] args) throws Exception {
        try {
            serve(args[0]);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /** The line that says what the next passes are over. */
    public static String over(PassSettings settings) {
        return SETTINGS + BETWEEN + String.join(BETWEEN, settings.arguments());
    }

    /** The line that asks for a pass. */
    public static String pass(int number) {
        return PASS + BETWEEN + number;
    }

    /** The line that asks for a pass and its profile. */
    public static String pass(int number, Path profile) {
        return pass(number) + BETWEEN + profile;
    }

    private static void serve(String name) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answer(READY);
        SystemUnderTest system = null;
        for (String line = read(lines); line != null; line = read(lines)) {
            List<String> words = List.of(line.split(BETWEEN));
            if (words.get(0).equals(SETTINGS)) {
                system = Systems.of(name, PassSettings.parse(words.subList(1, words.size())));
                answer(READY);
            } else {
                answer(JSON.writeValueAsString(pass(Objects.requireNonNull(system), words)));
            }
        }
    }

    private static PassResult pass(SystemUnderTest system, List<String> words) throws Exception {
        int number = Integer.parseInt(words.get(1));
        return words.size() == 2 ? system.pass(number) : profiled(system, number, Path.of(words.get(2)));
    }

    private static void answer(String text) {
        System.out.println(ChildProcess.RESULT + text);
    }

    private static PassResult profiled(SystemUnderTest system, int number, Path file) throws Exception {
        if (background == null) {
            background = new Recording(Configuration.getConfiguration("profile"));
            background.start();
        }
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
