/**
 * The PostgreSQL sink. In: Weir's topics, read committed. Out: rows in the tables of schema {@code monitoring}, stored
 * once whatever crashes, and the records that cannot be stored in {@code weir.sink_rejects}.
 *
 * <p>Path of a record: the {@code SinkLoop} of its {@code Feed} polls, {@code RecordDecoder} asks each {@code RowTable}
 * for rows, {@code BatchWriter} stores rows, rejects and {@code OffsetLedger} offsets in one transaction. With the final
 * hours {@code RollUp} keeps their days and weeks. {@code Partitions} are made for what is to be stored, and looked after by
 * the {@code Housekeeper}.
 */
@NullMarked
package dev.weir.sink;

import org.jspecify.annotations.NullMarked;
