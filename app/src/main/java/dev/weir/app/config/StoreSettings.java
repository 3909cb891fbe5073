package dev.weir.app.config;

/**
 * The PostgreSQL database.
 *
 * @param url JDBC URL
 * @param pool most connections
 * @param migrate whether a sink brings the tables up to date when it starts; otherwise it refuses to start with old ones
 */
public record StoreSettings(String url, String user, Secret password, int pool, boolean migrate) {
    static StoreSettings read(Section section) {
        String url = section.text("url", "jdbc:postgresql://localhost:19094/postgres");
        section.require(
                url.startsWith("jdbc:postgresql:"),
                "url",
                "is " + Secret.redact("url", url) + ", must start with jdbc:postgresql:");
        return new StoreSettings(
                url,
                section.text("user", "postgres"),
                new Secret(section.text("password", "")),
                section.integer("pool", 4, 1, 64),
                section.flag("migrate", true));
    }

    /** Without the password, also where it stands in the URL. */
    @Override
    public String toString() {
        return "StoreSettings[url=" + Secret.redact("url", url) + ", user=" + user + ", password=" + password
                + ", pool=" + pool + ", migrate=" + migrate + "]";
    }
}
