package dev.weir.topology.crash;

import java.util.List;

/**
 * The command {@code testing/crash}: runs the harness, says on standard error what it does and on the last line of standard
 * output what came of it. Exit 0: exact; 1: not exact; 2: wrong usage.
 */
final class Crash {
    private Crash() {}

    public static void main(String[] arguments) throws Exception {
        ChildProcess.logToError();
        CrashSettings settings;
        try {
            settings = CrashSettings.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("testing/crash: " + e.getMessage() + "\n" + CrashSettings.USAGE);
            Runtime.getRuntime().exit(2);
            return;
        }
        System.err.println("data and logs: " + settings.directory());
        CrashReport report = new CrashRun(settings).run();
        report.verdict().comparison().first().stream().limit(20).forEach(System.err::println);
        ChildProcess.say(report.json());
        Runtime.getRuntime().exit(report.exact() ? 0 : 1);
    }
}
