package dev.weir.sink;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Opens the database connections of a sink, with every wait bounded. */
final class ConnectionPool {
    /** Well under Kafka's {@code max.poll.interval.ms}: the sink polls between two tries. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /**
     * A sink that stands still in the middle of a transaction holds the lock of its offsets: the server ends it, so that the
     * next owner need not wait. In the middle of a COPY the next owner does, see {@link StalledCopy}.
     */
    static final Duration STANDSTILL_LIMIT = Duration.ofSeconds(10);

    private ConnectionPool() {}

    /** Returns at once, whether the server is there or not. */
    static HikariDataSource open(SinkSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("weir-sink-" + settings.groupId());
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + STANDSTILL_LIMIT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
        config.addDataSourceProperty("ApplicationName", "weir-sink");
        config.addDataSourceProperty("connectTimeout", CONNECT_LIMIT.toSeconds());
        config.addDataSourceProperty("socketTimeout", ANSWER_LIMIT.toSeconds());
        config.addDataSourceProperty("tcpKeepAlive", true);
        return new HikariDataSource(config);
    }
}
