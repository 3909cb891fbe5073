package dev.weir.app;

import dev.weir.app.command.WeirCommand;

/** The main class of the runnable jar. */
public final class Weir {
    private Weir() {}

    public static void main(String[] arguments) {
        System.exit(WeirCommand.commandLine().execute(arguments));
    }
}
