package dev.weir.sink;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code monitoring.pipeline_metrics}.
 *
 * @param tags labels, service and outcome as a JSON object of texts
 */
record RawRow(
        String metric,
        double value,
        @Nullable String unit,
        String tags,
        Instant timestamp,
        ConsumerRecord<byte[], byte[]> source)
        implements Row {}
