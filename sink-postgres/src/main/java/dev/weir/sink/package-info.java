/**
 * The PostgreSQL sink. In: window aggregates of one topic, read committed. Out: hourly rows in
 * {@code monitoring.aggregated_metrics}, stored once whatever crashes, and the records that cannot be stored in
 * {@code weir.sink_rejects}.
 *
 * <p>Path of a record: {@code SinkLoop} polls, {@code AggregateDecoder} makes rows, {@code BatchWriter} stores rows,
 * rejects and {@code OffsetLedger} offsets in one transaction.
 */
@NullMarked
package dev.weir.sink;

import org.jspecify.annotations.NullMarked;
