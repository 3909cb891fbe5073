package dev.weir.app.config;

import dev.weir.alerting.template.External;
import dev.weir.notify.Credentials;
import dev.weir.notify.NotifySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code notify}. */
final class NotifySection {
    private static final String NAME = "notify";
    private static final int MOST_QUEUED = 1_000_000;

    private final Section section;

    private NotifySection(Settings settings) {
        this.section = new Section(settings, NAME);
    }

    /** Empty if it names no Alertmanager. */
    static Optional<NotifySettings> read(Settings settings, TopicSettings topics, External external) {
        return new NotifySection(settings).read(topics, external);
    }

    private Optional<NotifySettings> read(TopicSettings topics, External external) {
        List<URI> alertmanagers = alertmanagers();
        Credentials credentials = credentials();
        String caFile = section.text("ca-file", "");
        Duration resend = section.duration("resend", NotifySettings.RESEND, Duration.ofSeconds(1));
        Duration timeout = section.duration("timeout", NotifySettings.TIMEOUT, Duration.ofMillis(100));
        int queue = section.integer("queue-capacity", NotifySettings.QUEUE_CAPACITY, 1, MOST_QUEUED);
        Duration maxDelay = section.duration("max-delay", NotifySettings.MAX_DELAY, Duration.ofSeconds(1));
        String generatorUrl = section.text("generator-url", "");
        if (alertmanagers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NotifySettings(
                topics.name("alerts.state"),
                topics.name("aggregates"),
                alertmanagers,
                credentials,
                caFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(caFile)),
                resend,
                timeout,
                queue,
                maxDelay,
                external.labels(),
                generatorUrl.isEmpty() ? generatorUrl(external.url()) : generatorUrl));
    }

    /** Prometheus' own page of an expression at that address. */
    private static String generatorUrl(String externalUrl) {
        return externalUrl.isEmpty() ? "" : externalUrl + "/graph?g0.expr={expression}&g0.tab=1";
    }

    private List<URI> alertmanagers() {
        List<URI> urls = new ArrayList<>();
        for (String text : section.list("alertmanagers", List.of())) {
            Optional<URI> url = HttpAddress.parse(text);
            section.require(
                    url.isPresent(),
                    "alertmanagers",
                    "holds " + Secret.redact("alertmanagers", text)
                            + ", must hold addresses such as http://alertmanager:9093, without user and query");
            url.filter(each -> !urls.contains(each)).ifPresent(urls::add);
        }
        return urls;
    }

    private Credentials credentials() {
        String user = section.text("user", "");
        String password = section.text("password", "");
        String token = section.text("bearer-token", "");
        section.require(
                user.isEmpty() || token.isEmpty(),
                "bearer-token",
                "is given beside notify.user, must be one of the two");
        section.require(!user.isEmpty() || password.isEmpty(), "password", "is given without notify.user");
        if (!token.isEmpty()) {
            return new Credentials.Bearer(token);
        }
        return user.isEmpty() ? new Credentials.None() : new Credentials.Basic(user, password);
    }
}
