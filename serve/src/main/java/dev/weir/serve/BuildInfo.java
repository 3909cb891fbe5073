package dev.weir.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Weir this is, with the fields that Prometheus' {@code status/buildinfo} has. */
record BuildInfo(String version, String revision, String branch, String buildUser, String buildDate, String goVersion) {
    private static final String RESOURCE = "build.properties";

    /** Reads what the build wrote into the jar. Fields that a Java program built anywhere cannot know are empty. */
    static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing, must be beside " + BuildInfo.class.getName());
            }
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new BuildInfo(required(properties, "version"), "", "", "", required(properties, "date"), "");
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key, "");
        if (value.isBlank() || value.contains("${")) {
            throw new IllegalStateException(key + " is \"" + value + "\", must be set by the build (" + RESOURCE + ")");
        }
        return value;
    }
}
