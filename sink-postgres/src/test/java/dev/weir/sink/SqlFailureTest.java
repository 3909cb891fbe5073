package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({
        "40001, RETRY",
        "40P01, RETRY",
        "08001, RETRY",
        "08006, RETRY",
        "57P01, RETRY",
        "57P03, RETRY",
        "53300, RETRY",
        "53100, RETRY",
        "25006, RETRY",
        "25P03, RETRY",
        "25P04, RETRY",
        "28P01, RETRY",
        "55P03, RETRY",
        "57014, RETRY",
        "58030, RETRY",
        "22P05, BAD_ROW",
        "22008, BAD_ROW",
        "23514, BAD_ROW",
        "54000, BAD_ROW",
        "42P01, FATAL",
        "42501, FATAL",
        "25P02, FATAL",
        "3D000, FATAL",
        "25001, FATAL",
        "XX000, FATAL",
        ", FATAL"
    })
    void stateDecidesWhatFollows(String state, SqlFailure expected) {
        assertThat(SqlFailure.ofState(state)).isEqualTo(expected);
    }

    @Test
    void innermostDriverErrorDecides() {
        SQLException refused = new SQLException("password authentication failed\nfor user", "28P01");
        SQLException pool = new SQLTransientConnectionException("no connection", "28P01", refused);
        ConnectionException thrown = new ConnectionException(pool);
        assertThat(SqlFailure.of(thrown)).isEqualTo(SqlFailure.RETRY);
        assertThat(SqlFailure.describe(thrown)).isEqualTo("SQLSTATE 28P01: password authentication failed");
    }

    @Test
    void poolWithoutAnyConnectionIsRetried() {
        assertThat(SqlFailure.of(new ConnectionException(new SQLTransientConnectionException("timed out"))))
                .isEqualTo(SqlFailure.RETRY);
    }

    @Test
    void bugIsNotADatabaseFailure() {
        assertThat(SqlFailure.of(new IllegalStateException("bug"))).isEqualTo(SqlFailure.FATAL);
    }
}
