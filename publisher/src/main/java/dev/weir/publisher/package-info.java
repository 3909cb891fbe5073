/**
 * What a service embeds to publish its metrics. In: calls of the service, from any thread. Out: {@code MetricBatch} and
 * {@code HistogramEvent} on {@code weir.events}, {@code WorkerIssue} and {@code MonitoringEvent} on {@code weir.operations}.
 *
 * <p>Path of a measurement: an instrument adds it up ({@link dev.weir.publisher.Source}) or puts it into the {@code Outbox}, which is
 * bounded; at each flush the publisher's own thread ({@code Courier}) collects what was added up and hands all to Kafka
 * ({@code Dispatch}). What is lost on the way is counted in {@code Tally}. {@link dev.weir.publisher.WeirMeterRegistry} is the same for meters of
 * Micrometer.
 */
@NullMarked
package dev.weir.publisher;

import org.jspecify.annotations.NullMarked;
