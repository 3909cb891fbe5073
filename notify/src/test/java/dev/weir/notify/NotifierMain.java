package dev.weir.notify;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A notifier as a process of its own, to be killed. Arguments: bootstrap servers, registry, the two topics, Alertmanager. */
final class NotifierMain {
    private NotifierMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        NotifySettings settings = new NotifySettings(
                arguments[2],
                arguments[3],
                List.of(URI.create(arguments[4])),
                new Credentials.None(),
                Optional.empty(),
                NotifyScene.RESEND,
                NotifyScene.TIMEOUT,
                NotifySettings.QUEUE_CAPACITY,
                NotifySettings.MAX_DELAY,
                new TreeMap<>(),
                "");
        Notifier notifier = new Notifier(
                settings,
                Map.of("bootstrap.servers", arguments[0]),
                Map.of("schema.registry.url", arguments[1]),
                InstantSource.system());
        notifier.start();
        new CountDownLatch(1).await();
    }
}
