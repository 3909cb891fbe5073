package dev.weir.notify;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What has been told to one Alertmanager since start.
 *
 * @param sent alerts that it has taken
 * @param errors alerts of requests that it refused or did not answer; each is told again with the next resend
 * @param dropped alerts that left the full queue untold
 * @param queueLength alerts that wait now
 * @param requests requests made, failed ones included
 * @param latency sum over them
 * @param failure why the latest request failed; null if it did not
 */
public record AlertmanagerStatus(
        URI url,
        long sent,
        long errors,
        long dropped,
        int queueLength,
        long requests,
        Duration latency,
        @Nullable String failure) {}
