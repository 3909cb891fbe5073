/**
 * The way of alerts to people. In: the latest transition of every alert, read committed. Out: requests to real
 * Alertmanagers, which group, route, silence and de-duplicate.
 *
 * <p>Path of an alert: {@code StateTopic} reads, {@code TrackedAlerts} decides what is due, an {@code AlertmanagerLoop}
 * for each Alertmanager queues and posts.
 */
@NullMarked
package dev.weir.notify;

import org.jspecify.annotations.NullMarked;
