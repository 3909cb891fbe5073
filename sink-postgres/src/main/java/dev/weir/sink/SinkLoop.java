package dev.weir.sink;

import dev.weir.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the sink's thread: claim what is assigned, store what was polled, poll.
 *
 * <p>During an outage everything is paused, the batch stays in memory (one poll at most) and polling goes on, so the
 * sink keeps its place in the group however long it takes.
 */
final class SinkLoop implements Runnable {
    // Partitions are claimed outside the rebalance callback: the callback must not wait for PostgreSQL, and what it
    // pauses returns no record before its offset is known. Records of a revoked partition are dropped from the batch
    // at once; its new owner reads them again from the offset in the ledger.

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Until the next look at who holds the lock. */
    private static final String CLAIM_LIMIT = "SET LOCAL lock_timeout = '5s'";

    private final List<String> topics;
    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private final Jdbi jdbi;
    private final OffsetLedger ledger;
    private final BatchWriter writer;
    private final Backoff backoff;
    private final StatusBoard status;

    private final Map<TopicPartition, Long> epochs = new HashMap<>();
    private final Set<TopicPartition> unclaimed = new HashSet<>();
    private final List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    private boolean paused;
    private volatile boolean stopping;

    SinkLoop(
            List<String> topics,
            Consumer<byte[], byte[]> consumer,
            RecordDecoder decoder,
            Jdbi jdbi,
            OffsetLedger ledger,
            BatchWriter writer,
            Backoff backoff,
            StatusBoard status) {
        this.topics = topics;
        this.consumer = consumer;
        this.decoder = decoder;
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.writer = writer;
        this.backoff = backoff;
        this.status = status;
    }

    /** Ends {@link #run} soon; from any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(topics, new Assignment());
            status.running();
            while (!stopping) {
                step();
            }
        } catch (WakeupException e) {
            LOG.debug("Woken to stop", e);
        } catch (RuntimeException | Error e) {
            status.failed(describe(e));
            LOG.error("Sink of {} has failed and stopped", topics, e);
        }
        status.closed();
    }

    private void step() {
        try {
            claimAssigned();
            storePolled();
            endOutage();
            consumer.poll(POLL).forEach(polled::add);
        } catch (StaleOwnerException e) {
            rejoin(e);
        } catch (JdbiException e) {
            if (SqlFailure.of(e) != SqlFailure.RETRY) {
                throw e;
            }
            waitOut(SqlFailure.describe(e));
        } catch (RegistryUnavailableException | RetriableException e) {
            waitOut(describe(e));
        }
    }

    private void claimAssigned() {
        if (unclaimed.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(unclaimed);
        jdbi.useHandle(handle -> StalledCopy.end(handle, ConnectionPool.STANDSTILL_LIMIT));
        Map<TopicPartition, OffsetLedger.Claim> claims = jdbi.inTransaction(handle -> {
            handle.execute(CLAIM_LIMIT);
            Map<TopicPartition, OffsetLedger.Claim> made = new HashMap<>();
            unclaimed.stream()
                    .sorted(Batch.BY_NAME)
                    .forEach(partition ->
                            made.put(partition, claim(handle, partition, ends.getOrDefault(partition, 0L))));
            return made;
        });
        warnOfExpired(claims);
        claims.forEach((partition, claim) -> {
            epochs.put(partition, claim.ownerEpoch());
            consumer.seek(partition, claim.nextOffset());
            LOG.info("Owns {} from offset {}, owner epoch {}", partition, claim.nextOffset(), claim.ownerEpoch());
        });
        consumer.resume(claims.keySet());
        unclaimed.clear();
    }

    private OffsetLedger.Claim claim(Handle handle, TopicPartition partition, long end) {
        OffsetLedger.Claim claim = ledger.claim(handle, partition);
        if (claim.nextOffset() <= end) {
            return claim;
        }
        LOG.warn(
                "{} ends at offset {}, before {} where the sink stands: the topic was made again and is read from its beginning",
                partition,
                end,
                claim.nextOffset());
        return ledger.restart(handle, partition, claim);
    }

    private void warnOfExpired(Map<TopicPartition, OffsetLedger.Claim> claims) {
        consumer.beginningOffsets(claims.keySet()).forEach((partition, beginning) -> {
            OffsetLedger.Claim claim = claims.get(partition);
            if (claim != null && claim.nextOffset() > 0 && beginning > claim.nextOffset()) {
                LOG.warn(
                        "{} begins at offset {}: records from {} on expired before they were stored",
                        partition,
                        beginning,
                        claim.nextOffset());
            }
        });
    }

    private void storePolled() {
        if (polled.isEmpty()) {
            return;
        }
        BatchWriter.Written written = writer.write(decoder.decode(polled), epochs);
        polled.clear();
        status.wrote(written.rows(), written.rejected());
    }

    private void waitOut(String reason) {
        if (status.paused(reason)) {
            LOG.warn("Sink of {} paused, nothing is lost: {}", topics, reason);
        }
        paused = true;
        consumer.pause(consumer.assignment());
        // Paused: this only keeps the membership, and returns records of nothing.
        consumer.poll(backoff.next()).forEach(polled::add);
    }

    private void endOutage() {
        if (!paused) {
            return;
        }
        paused = false;
        backoff.reset();
        consumer.resume(consumer.assignment());
        status.running();
        LOG.info("Sink of {} goes on", topics);
    }

    private void rejoin(StaleOwnerException reason) {
        LOG.warn("Sink of {} joins its group again: {}", topics, reason.getMessage());
        consumer.unsubscribe();
        forget(List.copyOf(epochs.keySet()));
        forget(List.copyOf(unclaimed));
        consumer.subscribe(topics, new Assignment());
    }

    private void forget(Collection<TopicPartition> partitions) {
        Set<TopicPartition> gone = Set.copyOf(partitions);
        gone.forEach(epochs::remove);
        unclaimed.removeAll(gone);
        polled.removeIf(record -> gone.contains(new TopicPartition(record.topic(), record.partition())));
    }

    private static String describe(Throwable e) {
        return e instanceof JdbiException
                ? SqlFailure.describe(e)
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unclaimed.addAll(partitions);
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            forget(partitions);
        }
    }
}
