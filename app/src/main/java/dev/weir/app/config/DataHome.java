package dev.weir.app.config;

import java.nio.file.Path;
import java.util.Map;

/** The directory in which Weir keeps data by default: {@code $XDG_DATA_HOME/weir}, or {@code ~/.local/share/weir}. */
public final class DataHome {
    private DataHome() {}

    /** As the XDG Base Directory specification has it, a relative {@code XDG_DATA_HOME} is ignored. */
    public static Path in(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        if (xdg.startsWith("/")) {
            return Path.of(xdg, "weir");
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return Path.of(home, ".local", "share", "weir");
    }
}
