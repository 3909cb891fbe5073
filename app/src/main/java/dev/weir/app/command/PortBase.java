package dev.weir.app.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The first of the four ports in a row that an embedded Weir listens on. */
final class PortBase {
    private static final int LEAST = 1_024;
    private static final int MOST = 65_535 - 3;

    private PortBase() {}

    static int check(CommandSpec spec, int portBase) {
        if (portBase < LEAST || portBase > MOST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "port base is " + portBase + ", must be from " + LEAST + " to " + MOST + " (--port-base)");
        }
        return portBase;
    }
}
