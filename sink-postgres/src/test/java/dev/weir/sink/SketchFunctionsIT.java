package dev.weir.sink;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.sketch.Quantile;
import dev.weir.sketch.Sketch;
import dev.weir.sketch.SketchRange;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SQL functions on sketches, beside HdrHistogram, {@code percentile_disc} and our own Java. */
@ExtendWith(Postgres.Extension.class)
final class SketchFunctionsIT {
    private static final int RATIO_OFFSET = 32;
    private static final double[] QUANTILES = {0, 1e-320, 1e-9, 0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1};
    private static final SketchRange SECONDS = SketchRange.of("request_seconds", null);
    private static final Map<Postgres.Version, Connection> DATABASES = new EnumMap<>(Postgres.Version.class);

    private final Random random;

    SketchFunctionsIT() {
        long seed = Long.getLong("weir.test.seed", new Random().nextLong());
        System.out.println("SketchFunctionsIT: -Dweir.test.seed=" + seed);
        random = new Random(seed);
    }

    @BeforeAll
    static void connect(Postgres postgres) throws SQLException {
        for (Postgres.Version version : Postgres.Version.values()) {
            DATABASES.put(version, DriverManager.getConnection(postgres.migrated(version)));
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        for (Connection connection : DATABASES.values()) {
            connection.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void quantilesEqualHdrHistogramAndJava(Postgres.Version version) throws SQLException {
        for (int i = 0; i < 40; i++) {
            SketchRange range = range();
            Sketch sketch = new Sketch(range);
            Histogram oracle = new Histogram(1, range.highestTicks(), range.digits());
            for (int n = random.nextInt(400); n >= 0; n--) {
                long ticks = ticks(range);
                long count = random.nextInt(4) == 0 ? random.nextInt(1 << 20) : 1;
                sketch.recordTicks(ticks, count);
                oracle.recordValueWithCount(ticks, count);
            }
            for (double q : QUANTILES) {
                Quantile mine = sketch.quantile(q);
                assertThat(bounds(version, sketch.encode(), q)).containsExactly(mine.value(), mine.low(), mine.high());
                assertThat(mine.value())
                        .isEqualTo((double) oracle.getValueAtPercentile(100 * q) / range.ticksPerUnit());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void greatCountsAreAsInJava(Postgres.Version version) throws SQLException {
        for (int i = 0; i < 20; i++) {
            Sketch sketch = sketch(SECONDS, 5);
            for (int n = 0; n < 7; n++) {
                sketch.recordTicks(ticks(SECONDS), random.nextLong() >>> (4 + random.nextInt(60)));
            }
            assertThat(count(version, sketch.encode())).isEqualTo(sketch.count());
            assertThat(merge(version, List.of(sketch.encode()))).isEqualTo(sketch.encode());
            for (double q : QUANTILES) {
                Quantile mine = sketch.quantile(q);
                assertThat(bounds(version, sketch.encode(), q)).containsExactly(mine.value(), mine.low(), mine.high());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesOfHdrHistogramItselfAreRead(Postgres.Version version) throws SQLException {
        Histogram oracle = new Histogram(1, 3_600_000_000L, 2);
        for (int i = 0; i < 2_000; i++) {
            oracle.recordValue(random.nextInt(2_000_000));
        }
        ByteBuffer bytes = ByteBuffer.allocate(oracle.getNeededByteBufferCapacity());
        int length = oracle.encodeIntoByteBuffer(bytes);
        byte[] encoded = Arrays.copyOf(bytes.array(), length);
        assertThat(count(version, encoded)).isEqualTo(2_000);
        for (double q : QUANTILES) {
            assertThat(quantile(version, encoded, q)).isEqualTo((double) oracle.getValueAtPercentile(100 * q));
        }
    }

    @ParameterizedTest
    @EnumSource
    void mergedSketchIsReadByHdrHistogramAndEqualsTheSumOfAll(Postgres.Version version) throws SQLException {
        Histogram oracle = new Histogram(1, SECONDS.highestTicks(), SECONDS.digits());
        List<byte[]> sketches = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            Sketch sketch = new Sketch(SECONDS);
            for (int n = random.nextInt(300); n > 0; n--) {
                long ticks = ticks(SECONDS);
                sketch.recordTicks(ticks, 1);
                oracle.recordValue(ticks);
            }
            sketches.add(sketch.encode());
        }
        byte[] merged = merge(version, sketches);
        assertThat(ByteBuffer.wrap(merged).getDouble(RATIO_OFFSET)).isEqualTo(1e-6);
        ByteBuffer inTicks = ByteBuffer.wrap(merged).putDouble(RATIO_OFFSET, 1);
        assertThat(Histogram.decodeFromByteBuffer(inTicks, 1)).isEqualTo(oracle);
    }

    @ParameterizedTest
    @EnumSource
    void mergeOfDifferentRangesEqualsJava(Postgres.Version version) throws SQLException {
        for (int i = 0; i < 40; i++) {
            Sketch first = sketch(range(), 1 + random.nextInt(60));
            List<byte[]> sketches = new ArrayList<>(List.of(first.encode()));
            for (int n = 0; n < 3; n++) {
                Sketch other = sketch(range(), random.nextInt(60));
                sketches.add(other.encode());
                first.merge(other);
            }
            assertThat(merge(version, sketches)).isEqualTo(first.encode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void emptySketchHasNoQuantileAndMergesToItself(Postgres.Version version) throws SQLException {
        byte[] empty = new Sketch(SECONDS).encode();
        assertThat(count(version, empty)).isZero();
        assertThat(text(version, "SELECT monitoring.sketch_quantile(?, 0.5)::text", empty))
                .isNull();
        assertThat(merge(version, List.of(empty, empty))).isEqualTo(empty);
        assertThat(merge(version, List.of())).isNull();
        assertThat(text(version, "SELECT monitoring.sketch_quantile(NULL, 0.5)::text"))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void singleAndSaturatedValuesAreAsInJava(Postgres.Version version) throws SQLException {
        for (double value : new double[] {0, 1e-9, 1e-6, 0.12, 3_600, 1e9}) {
            Sketch sketch = new Sketch(SECONDS);
            sketch.record(value);
            for (double q : QUANTILES) {
                Quantile mine = sketch.quantile(q);
                assertThat(bounds(version, sketch.encode(), q)).containsExactly(mine.value(), mine.low(), mine.high());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void quantileLiesInTheBucketOfPercentileDisc(Postgres.Version version) throws SQLException {
        double[] values = random.doubles(5_000, 0, 1)
                .map(uniform -> 0.05 / (1 - uniform * 0.999))
                .toArray();
        Sketch sketch = new Sketch(SECONDS);
        Arrays.stream(values).forEach(sketch::record);
        for (double q : new double[] {0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1}) {
            double exact = Double.parseDouble(text(
                    version,
                    "SELECT percentile_disc(?) WITHIN GROUP (ORDER BY v)::text FROM unnest(?::float8[]) v",
                    q,
                    values));
            double[] found = bounds(version, sketch.encode(), q);
            assertThat(exact).isBetween(found[1], found[2]);
            assertThat(found[0]).isCloseTo(exact, within(exact * 0.0079 + 0.5e-6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void quantileOutsideZeroToOneIsRefused(Postgres.Version version) throws SQLException {
        byte[] sketch = sketch(SECONDS, 5).encode();
        for (double q : new double[] {-0.1, 1.0000001, 95, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> quantile(version, sketch, q))
                    .hasMessageContaining("must be 0 to 1 (quantile)")
                    .extracting(SketchFunctionsIT::state)
                    .isEqualTo("22003");
        }
        assertThatThrownBy(() -> quantile(version, sketch, -0.1)).hasMessageContaining("q is -0.1, must be 0 to 1");
    }

    @ParameterizedTest
    @EnumSource
    void malformedBytesAreNamed(Postgres.Version version) throws SQLException {
        byte[] good = sketch(SECONDS, 5).encode();
        malformed(version, new byte[0], "length is 0 bytes, must be >= 40");
        malformed(version, Arrays.copyOf(good, 39), "length is 39 bytes, must be >= 40");
        malformed(version, with(good, 3, 3), "cookie is 478450435, must be 478450451");
        malformed(version, Arrays.copyOf(good, good.length + 1), "payload length is " + (good.length - 40));
        malformed(version, with(good, 11, 7), "normalizing index offset is 7, must be 0");
        malformed(version, with(good, 15, 6), "digits is 6, must be 1 to 5");
        malformed(version, with(good, 12, 0x80), "digits is 2147483650, must be 1 to 5");
        malformed(version, with(good, 23, 2), "lowest discernible value is 2, must be 1");
        malformed(version, with(good, 24, 0x80), "highest tick is -9223372033254775808, must be >= 2");
        malformed(version, with(good, 32, 0xff), "conversion ratio are ffb0c6f7a0b5ed8d, must be a number > 0");
        malformed(version, payload(good, 0x80), "payload ends inside a count");
        malformed(version, payload(good, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), "must be < 3328");
        malformed(version, payload(good, 0xff, 0xff, 0xff, 0xff, 0x0f), "bucket index is 2147483647, must be < 3328");
        int[] half = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
        int[] twice = new int[18];
        Arrays.setAll(twice, i -> half[i % 9]);
        malformed(version, payload(good, twice), "sum of counts is above 2^63 - 1");
    }

    @ParameterizedTest
    @EnumSource
    void countAbove63BitsIsRefusedByTheMerge(Postgres.Version version) throws SQLException {
        Sketch sketch = new Sketch(SECONDS);
        sketch.recordTicks(5, Long.MAX_VALUE);
        assertThat(quantile(version, sketch.encode(), 0.5)).isEqualTo(5e-6);
        assertThat(merge(version, List.of(sketch.encode()))).isEqualTo(sketch.encode());
        assertThatThrownBy(() -> merge(version, List.of(sketch.encode(), sketch.encode())))
                .hasMessageContaining("count is above 2^63 - 1 (merge of sketches)");
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionIsImmutableStrictAndParallelSafe(Postgres.Version version) throws SQLException {
        assertThat(text(version, """
                        SELECT string_agg(proname, ', ') FROM pg_proc
                        WHERE pronamespace = 'monitoring'::regnamespace AND proname LIKE 'sketch\\_%' AND prokind = 'f'
                            AND NOT (provolatile = 'i' AND proisstrict AND proparallel = 's' AND NOT prosecdef)
                        """)).isNull();
        assertThat(text(version, "SELECT proparallel::text FROM pg_proc WHERE proname = 'sketch_merge'"))
                .isEqualTo("s");
    }

    @Test
    void aWeekMergesInWellUnderASecond() throws SQLException {
        List<byte[]> hours = new ArrayList<>();
        for (int hour = 0; hour < 168; hour++) {
            Sketch sketch = new Sketch(SECONDS);
            for (int n = 0; n < 3_600; n++) {
                sketch.record(0.1 * Math.exp(random.nextGaussian()));
            }
            hours.add(sketch.encode());
        }
        double quantile = millisOf("SELECT max(monitoring.sketch_quantile(s, 0.95))", hours) / hours.size();
        double merge = millisOf("SELECT monitoring.sketch_merge(s)", hours);
        System.out.printf(
                "sketch_quantile of %d bytes: %.2f ms, sketch_merge of %d: %.0f ms%n",
                hours.get(0).length, quantile, hours.size(), merge);
        assertThat(merge).isLessThan(5_000);
    }

    /** The second time, as the first plans the functions. */
    private static double millisOf(String select, List<byte[]> sketches) throws SQLException {
        long started = 0;
        for (int i = 0; i < 2; i++) {
            started = System.nanoTime();
            overAll(Postgres.Version.NEWEST, select + " FROM unnest(?::bytea[]) s", sketches);
        }
        return (System.nanoTime() - started) / 1e6;
    }

    private SketchRange range() {
        double ticksPerUnit = new double[] {1, 1e3, 1e6, 0.001, 0.3, 7}[random.nextInt(6)];
        long highest = random.nextBoolean() ? 3_600_000_000L : 2 + (random.nextLong() >>> (2 + random.nextInt(60)));
        return new SketchRange(ticksPerUnit, highest, 1 + random.nextInt(4));
    }

    private long ticks(SketchRange range) {
        return (random.nextLong() >>> (1 + random.nextInt(63))) % range.highestTicks();
    }

    private Sketch sketch(SketchRange range, int values) {
        Sketch sketch = new Sketch(range);
        for (int i = 0; i < values; i++) {
            sketch.recordTicks(ticks(range), 1 + random.nextInt(3));
        }
        return sketch;
    }

    private static void malformed(Postgres.Version version, byte[] sketch, String reason) {
        assertThatThrownBy(() -> quantile(version, sketch, 0.5))
                .hasMessageContaining("sketch is malformed: ")
                .hasMessageContaining(reason)
                .extracting(SketchFunctionsIT::state)
                .isEqualTo("22P03");
    }

    private static byte[] with(byte[] sketch, int at, int value) {
        byte[] changed = sketch.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] payload(byte[] sketch, int... bytes) {
        byte[] changed = Arrays.copyOf(sketch, 40 + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            changed[40 + i] = (byte) bytes[i];
        }
        ByteBuffer.wrap(changed).putInt(4, bytes.length);
        return changed;
    }

    private static double quantile(Postgres.Version version, byte[] sketch, double q) throws SQLException {
        return bounds(version, sketch, q, "SELECT monitoring.sketch_quantile(?, ?)", 1)[0];
    }

    private static double[] bounds(Postgres.Version version, byte[] sketch, double q) throws SQLException {
        return bounds(version, sketch, q, "SELECT value, low, high FROM monitoring.sketch_bounds(?, ?)", 3);
    }

    private static double[] bounds(Postgres.Version version, byte[] sketch, double q, String sql, int columns)
            throws SQLException {
        try (PreparedStatement statement = prepare(version, sql)) {
            statement.setBytes(1, sketch);
            statement.setDouble(2, q);
            ResultSet row = statement.executeQuery();
            row.next();
            double[] found = new double[columns];
            for (int i = 0; i < columns; i++) {
                found[i] = row.getDouble(i + 1);
            }
            return found;
        }
    }

    private static long count(Postgres.Version version, byte[] sketch) throws SQLException {
        return Long.parseLong(text(version, "SELECT monitoring.sketch_count(?)::text", sketch));
    }

    private static byte[] merge(Postgres.Version version, List<byte[]> sketches) throws SQLException {
        return overAll(
                version,
                "SELECT monitoring.sketch_merge(s ORDER BY n) FROM unnest(?::bytea[]) WITH ORDINALITY AS t (s, n)",
                sketches);
    }

    private static byte[] overAll(Postgres.Version version, String sql, List<byte[]> sketches) throws SQLException {
        try (PreparedStatement statement = prepare(version, sql)) {
            statement.setArray(1, statement.getConnection().createArrayOf("bytea", sketches.toArray(byte[][]::new)));
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getBytes(1);
        }
    }

    private static String text(Postgres.Version version, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(version, sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private static PreparedStatement prepare(Postgres.Version version, String sql) throws SQLException {
        return requireNonNull(DATABASES.get(version)).prepareStatement(sql);
    }

    private static String state(Throwable thrown) {
        return thrown instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : thrown.toString();
    }
}
