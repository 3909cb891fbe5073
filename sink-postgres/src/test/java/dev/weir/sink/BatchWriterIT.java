package dev.weir.sink;

import static dev.weir.sink.Aggregates.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One transaction at a time: who may write, and what a lost answer means. */
@ExtendWith(Servers.Extension.class)
final class BatchWriterIT {
    @Test
    void batchOfAnOldEpochWritesNothing(Servers servers) {
        try (Scene scene = new Scene(servers, "stale", 1)) {
            OffsetLedger.Claim mine = scene.claimElsewhere(0);
            scene.claimElsewhere(0);
            assertThatThrownBy(
                            () -> writer(scene, scene.jdbi).write(batch(scene, "stale_seconds"), epochs(scene, mine)))
                    .isInstanceOf(StaleOwnerException.class)
                    .hasMessage("owner epoch of aggregates.stale-0 is 1, must be the current one, 2");
            assertThat(scene.count("stale_seconds")).isZero();
            assertThat(scene.storedRecords()).isZero();
        }
    }

    @Test
    void batchOfAPartitionThatWasNeverClaimedWritesNothing(Servers servers) {
        try (Scene scene = new Scene(servers, "unclaimed", 1)) {
            assertThatThrownBy(() -> writer(scene, scene.jdbi).write(batch(scene, "unclaimed_seconds"), Map.of()))
                    .isInstanceOf(StaleOwnerException.class);
            assertThat(scene.count("unclaimed_seconds")).isZero();
        }
    }

    @Test
    void lostAnswerToCommitIsWrittenAgainWithoutChange(Servers servers) {
        try (Scene scene = new Scene(servers, "lost-answer", 1)) {
            Map<TopicPartition, Long> epochs = epochs(scene, scene.claimElsewhere(0));
            Batch batch = batch(scene, "lost_answer_seconds");
            Jdbi losing = Jdbi.create(() -> losingTheAnswer(DriverManager.getConnection(servers.jdbcUrl())));
            assertThatThrownBy(() -> writer(scene, losing).write(batch, epochs))
                    .isInstanceOf(JdbiException.class)
                    .satisfies(e -> assertThat(SqlFailure.of(e)).isEqualTo(SqlFailure.RETRY));
            String committed = scene.rows("lost_answer_seconds");
            assertThat(committed.lines()).as("hour, day and week").hasSize(3);
            assertThat(writer(scene, scene.jdbi).write(batch, epochs)).isEqualTo(new BatchWriter.Written(0, 0));
            assertThat(scene.rows("lost_answer_seconds")).isEqualTo(committed);
        }
    }

    private static BatchWriter writer(Scene scene, Jdbi jdbi) {
        InstantSource clock = InstantSource.system();
        return new BatchWriter(jdbi, new OffsetLedger(scene.topic, clock), new RejectTable(scene.topic, clock));
    }

    private static Batch batch(Scene scene, String metric) {
        return new RecordDecoder(Aggregates.decoder(), List.of(Aggregates.table()))
                .decode(List.of(Aggregates.polled(scene.topic, 0, hourly(metric, 0, 1))));
    }

    private static Map<TopicPartition, Long> epochs(Scene scene, OffsetLedger.Claim claim) {
        return Map.of(scene.partition(0), claim.ownerEpoch());
    }

    /** The server commits; the client hears that the connection broke. */
    private static Connection losingTheAnswer(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                BatchWriterIT.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (method.getName().equals("commit")) {
                            throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
