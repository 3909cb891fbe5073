-- Any percentile from the sketches of aggregated_metrics, in plain PostgreSQL: HdrHistogram V2 bytes, uncompressed.
--
-- Layout, big-endian: int cookie, int payload length, int 0, int digits, long 1, long highest tick, double units per tick;
-- then the counts from index 0 to the last that is not zero, as zig-zag integers, where -n stands for n zeros.
-- With half_bits h, ticks below 2^(h + 1) have an index of their own; every further power of two is cut into 2^h buckets.
-- Results equal those of Weir's Java, bit for bit. Malformed bytes are SQLSTATE 22P03; a read is bounded by the bytes present.

CREATE FUNCTION monitoring.sketch_half_bits(digits INTEGER) RETURNS INTEGER
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT (ARRAY[4, 7, 10, 14, 17])[digits] $$;
COMMENT ON FUNCTION monitoring.sketch_half_bits(INTEGER) IS 'log2 of half the buckets that a power of two is cut into';

CREATE FUNCTION monitoring.sketch_bit_length(ticks BIGINT) RETURNS INTEGER
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT length(ltrim(ticks::bit(64)::text, '0')) $$;
COMMENT ON FUNCTION monitoring.sketch_bit_length(BIGINT) IS 'Bits of a tick without leading zeros';

CREATE FUNCTION monitoring.sketch_index(ticks BIGINT, half_bits INTEGER) RETURNS INTEGER
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    shift INTEGER := greatest(monitoring.sketch_bit_length(ticks) - half_bits - 1, 0);
BEGIN
    RETURN (shift << half_bits) + (ticks >> shift);
END $$;
COMMENT ON FUNCTION monitoring.sketch_index(BIGINT, INTEGER) IS 'Index of the bucket of a tick';

CREATE FUNCTION monitoring.sketch_ticks(index INTEGER, half_bits INTEGER, OUT lowest BIGINT, OUT highest BIGINT)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    shift INTEGER := greatest((index >> half_bits) - 1, 0);
BEGIN
    lowest := (index - (shift << half_bits))::bigint << shift;
    highest := lowest + ((1::bigint << shift) - 1);
END $$;
COMMENT ON FUNCTION monitoring.sketch_ticks(INTEGER, INTEGER) IS 'Lowest and highest tick of a bucket';

CREATE FUNCTION monitoring.sketch_round(scaled DOUBLE PRECISION) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT CASE
        WHEN scaled >= 9223372036854775807::float8 THEN 9223372036854775807
        WHEN scaled < 4503599627370496 AND scaled - trunc(scaled) >= 0.5 THEN trunc(scaled)::bigint + 1
        ELSE trunc(scaled)::bigint
    END $$;
COMMENT ON FUNCTION monitoring.sketch_round(DOUBLE PRECISION) IS 'The nearest tick, halves up; of what is at least 0';

CREATE FUNCTION monitoring.sketch_boundary(ticks BIGINT, ticks_per_unit DOUBLE PRECISION) RETURNS DOUBLE PRECISION
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    -- x * (1 + ulp) and x * (1 - ulp) are the next numbers above and below x (Rump, Zimmermann, Boldo, Melquiond 2009).
    ulp CONSTANT DOUBLE PRECISION := 1.1102230246251568e-16;
    value DOUBLE PRECISION := greatest(ticks::float8 - 0.5::float8, 0) / ticks_per_unit;
BEGIN
    WHILE monitoring.sketch_round(value * ticks_per_unit) < ticks LOOP
        value := value + value * ulp;
    END LOOP;
    WHILE value > 0 AND monitoring.sketch_round((value - value * ulp) * ticks_per_unit) >= ticks LOOP
        value := value - value * ulp;
    END LOOP;
    RETURN value;
END $$;
COMMENT ON FUNCTION monitoring.sketch_boundary(BIGINT, DOUBLE PRECISION) IS 'The smallest value that is rounded to this tick or above';

CREATE FUNCTION monitoring.sketch_bucket(
        index INTEGER, half_bits INTEGER, highest_tick BIGINT, ticks_per_unit DOUBLE PRECISION,
        OUT low DOUBLE PRECISION, OUT high DOUBLE PRECISION)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    bucket RECORD := monitoring.sketch_ticks(index, half_bits);
BEGIN
    low := monitoring.sketch_boundary(bucket.lowest, ticks_per_unit);
    high := CASE
        WHEN bucket.highest < highest_tick THEN monitoring.sketch_boundary(bucket.highest + 1, ticks_per_unit)
        ELSE (bucket.highest::float8 + 0.5::float8) / ticks_per_unit
    END;
END $$;
COMMENT ON FUNCTION monitoring.sketch_bucket(INTEGER, INTEGER, BIGINT, DOUBLE PRECISION)
    IS 'The values [low, high) that a bucket counts, in the unit of the metric';

CREATE FUNCTION monitoring.sketch_double(bits BIGINT) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT power(2::float8, ((bits >> 52) & 2047)::float8 - 1075) * ((bits & 4503599627370495) + 4503599627370496)::float8
    $$;
COMMENT ON FUNCTION monitoring.sketch_double(BIGINT) IS 'The positive number of these IEEE 754 bits';

CREATE FUNCTION monitoring.sketch_ticks_per_unit(ratio BIGINT) RETURNS DOUBLE PRECISION
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    reciprocal CONSTANT DOUBLE PRECISION := 1 / monitoring.sketch_double(ratio);
BEGIN
    -- A reciprocal of a reciprocal is off by a few units in the last place; as NUMERIC it has 15 digits, which undoes that.
    RETURN CASE WHEN reciprocal = trunc(reciprocal) AND reciprocal < 1e15 THEN reciprocal ELSE reciprocal::numeric::float8 END;
END $$;
COMMENT ON FUNCTION monitoring.sketch_ticks_per_unit(BIGINT) IS 'The range''s ticks in one unit, from the bits of units per tick';

CREATE FUNCTION monitoring.sketch_bits(value DOUBLE PRECISION) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT ('x' || encode(float8send(value), 'hex'))::bit(64)::bigint $$;
COMMENT ON FUNCTION monitoring.sketch_bits(DOUBLE PRECISION) IS 'The IEEE 754 bits of a number';

CREATE FUNCTION monitoring.sketch_long(bytes BYTEA, at INTEGER) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT ('x' || encode(substring(bytes FROM at + 1 FOR 8), 'hex'))::bit(64)::bigint $$;
COMMENT ON FUNCTION monitoring.sketch_long(BYTEA, INTEGER) IS 'The eight bytes from an offset on, big-endian';

CREATE FUNCTION monitoring.sketch_malformed(reason TEXT) RETURNS VOID
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
BEGIN
    RAISE invalid_binary_representation USING MESSAGE = 'sketch is malformed: ' || reason;
END $$;
COMMENT ON FUNCTION monitoring.sketch_malformed(TEXT) IS 'Raises SQLSTATE 22P03';

CREATE FUNCTION monitoring.sketch_header(
        sketch BYTEA, OUT digits INTEGER, OUT highest_tick BIGINT, OUT ticks_per_unit DOUBLE PRECISION, OUT bucket_limit INTEGER)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    payload CONSTANT INTEGER := length(sketch) - 40;
    first BIGINT;
    ratio BIGINT;
    half_bits INTEGER;
BEGIN
    IF payload < 0 THEN
        PERFORM monitoring.sketch_malformed(format('length is %s bytes, must be >= 40', length(sketch)));
    END IF;
    first := monitoring.sketch_long(sketch, 0);
    IF first >> 32 <> x'1c849313'::int THEN
        PERFORM monitoring.sketch_malformed(format('cookie is %s, must be %s', first >> 32, x'1c849313'::int));
    END IF;
    IF first & 4294967295 <> payload THEN
        PERFORM monitoring.sketch_malformed(
            format('payload length is %s, must be the %s bytes that follow', first & 4294967295, payload));
    END IF;
    first := monitoring.sketch_long(sketch, 8);
    IF first >> 32 <> 0 THEN
        PERFORM monitoring.sketch_malformed(format('normalizing index offset is %s, must be 0', first >> 32));
    END IF;
    IF first NOT BETWEEN 1 AND 5 THEN
        PERFORM monitoring.sketch_malformed(format('digits is %s, must be 1 to 5', first & 4294967295));
    END IF;
    digits := first;
    IF monitoring.sketch_long(sketch, 16) <> 1 THEN
        PERFORM monitoring.sketch_malformed(
            format('lowest discernible value is %s, must be 1', monitoring.sketch_long(sketch, 16)));
    END IF;
    highest_tick := monitoring.sketch_long(sketch, 24);
    IF highest_tick < 2 THEN
        PERFORM monitoring.sketch_malformed(format('highest tick is %s, must be >= 2', highest_tick));
    END IF;
    ratio := monitoring.sketch_long(sketch, 32);
    -- Exponents of normal numbers whose reciprocal is one, too; the sign is the highest bit.
    IF ratio >> 52 NOT BETWEEN 1 AND 2044 THEN
        PERFORM monitoring.sketch_malformed(
            format('bits of the conversion ratio are %s, must be a number > 0 with a finite reciprocal', to_hex(ratio)));
    END IF;
    ticks_per_unit := monitoring.sketch_ticks_per_unit(ratio);
    half_bits := monitoring.sketch_half_bits(digits);
    bucket_limit := (greatest(monitoring.sketch_bit_length(highest_tick) - half_bits - 1, 0) + 2) << half_bits;
END $$;
COMMENT ON FUNCTION monitoring.sketch_header(BYTEA) IS 'The range of a sketch, and how many buckets it may have';

CREATE FUNCTION monitoring.sketch_counts(
        sketch BYTEA, bucket_limit INTEGER, OUT total BIGINT, OUT indexes INTEGER[], OUT counts BIGINT[])
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    -- A copy: a compressed or stored-away value would be fetched again for every byte.
    bytes CONSTANT BYTEA := sketch || ''::bytea;
    ending CONSTANT INTEGER := length(bytes);
    at INTEGER := 40;
    byte INTEGER;
    shift INTEGER;
    bits BIGINT;
    index BIGINT := 0;
    slot INTEGER := 0;
BEGIN
    total := 0;
    indexes := '{}';
    counts := '{}';
    WHILE at < ending LOOP
        byte := get_byte(bytes, at);
        at := at + 1;
        IF byte < 128 THEN
            bits := byte;
        ELSE
            bits := byte & 127;
            shift := 7;
            LOOP
                IF at = ending THEN
                    PERFORM monitoring.sketch_malformed('payload ends inside a count');
                END IF;
                byte := get_byte(bytes, at);
                at := at + 1;
                -- The ninth byte has all 8 bits.
                bits := bits | ((CASE WHEN shift = 56 THEN byte ELSE byte & 127 END)::bigint << shift);
                EXIT WHEN byte < 128 OR shift = 56;
                shift := shift + 7;
            END LOOP;
        END IF;
        IF bits & 1 = 1 THEN
            -- -n is 2n - 1.
            index := index + least(((bits >> 1) & 9223372036854775807), 2147483647) + 1;
        ELSE
            index := index + 1;
        END IF;
        IF index > bucket_limit THEN
            PERFORM monitoring.sketch_malformed(format('bucket index is %s, must be < %s', index - 1, bucket_limit));
        END IF;
        IF bits & 1 = 0 AND bits <> 0 THEN
            bits := (bits >> 1) & 9223372036854775807;
            IF total > 9223372036854775807 - bits THEN
                PERFORM monitoring.sketch_malformed('sum of counts is above 2^63 - 1');
            END IF;
            total := total + bits;
            slot := slot + 1;
            indexes[slot] := index - 1;
            counts[slot] := bits;
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION monitoring.sketch_counts(BYTEA, INTEGER) IS 'The buckets of a sketch that are not empty, lowest first';

CREATE FUNCTION monitoring.sketch_count(sketch BYTEA) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS $$
    SELECT c.total
    FROM monitoring.sketch_header(sketch) h, monitoring.sketch_counts(sketch, h.bucket_limit) c
    $$;
COMMENT ON FUNCTION monitoring.sketch_count(BYTEA) IS 'How many values a sketch holds';

CREATE FUNCTION monitoring.sketch_bounds(
        sketch BYTEA, q DOUBLE PRECISION, OUT value DOUBLE PRECISION, OUT low DOUBLE PRECISION, OUT high DOUBLE PRECISION)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS $$
DECLARE
    range RECORD;
    half_bits INTEGER;
    total BIGINT;
    indexes INTEGER[];
    counts BIGINT[];
    percentile DOUBLE PRECISION;
    rank BIGINT;
    seen BIGINT;
    slot INTEGER := 1;
    bucket RECORD;
BEGIN
    IF NOT (q >= 0 AND q <= 1) THEN
        RAISE numeric_value_out_of_range USING MESSAGE = format('q is %s, must be 0 to 1 (quantile)', q);
    END IF;
    range := monitoring.sketch_header(sketch);
    half_bits := monitoring.sketch_half_bits(range.digits);
    SELECT c.total, c.indexes, c.counts INTO total, indexes, counts
        FROM monitoring.sketch_counts(sketch, range.bucket_limit) c;
    IF total = 0 THEN
        RETURN;
    END IF;
    -- One unit in the last place less, as HdrHistogram does: 95 % of 100 is the 95th value and not the 96th.
    percentile := CASE WHEN q < 1e-200 THEN 0 ELSE 100 * q - 100 * q * 1.1102230246251568e-16 END;
    percentile := ceil(percentile * total / 100);
    rank := CASE
        WHEN percentile >= 9223372036854775807::float8 THEN total
        ELSE least(greatest(percentile::bigint, 1), total)
    END;
    seen := counts[1];
    WHILE seen < rank LOOP
        slot := slot + 1;
        seen := seen + counts[slot];
    END LOOP;
    bucket := monitoring.sketch_ticks(indexes[slot], half_bits);
    value := (CASE WHEN q = 0 THEN bucket.lowest ELSE bucket.highest END)::float8 / range.ticks_per_unit;
    SELECT b.low, b.high INTO low, high
        FROM monitoring.sketch_bucket(indexes[slot], half_bits, range.highest_tick, range.ticks_per_unit) b;
    IF indexes[slot] = monitoring.sketch_index(range.highest_tick, half_bits) THEN
        high := 'Infinity';
    END IF;
END $$;
COMMENT ON FUNCTION monitoring.sketch_bounds(BYTEA, DOUBLE PRECISION)
    IS 'The quantile by nearest rank with the bounds [low, high) of the exact one; nulls if the sketch is empty';

CREATE FUNCTION monitoring.sketch_quantile(sketch BYTEA, q DOUBLE PRECISION) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS $$ SELECT b.value FROM monitoring.sketch_bounds(sketch, q) b $$;
COMMENT ON FUNCTION monitoring.sketch_quantile(BYTEA, DOUBLE PRECISION)
    IS 'The quantile by nearest rank, q from 0 to 1, in the unit of the metric; null if the sketch is empty';

-- State of a merge: digits, highest tick, bits of units per tick, total, and from [5] on the count of index 0, 1, and so on;
-- null stands for 0.
CREATE FUNCTION monitoring.sketch_merge_step(state BIGINT[], sketch BYTEA) RETURNS BIGINT[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS $$
DECLARE
    range RECORD := monitoring.sketch_header(sketch);
    ratio CONSTANT BIGINT := monitoring.sketch_bits(1 / range.ticks_per_unit);
    total BIGINT;
    indexes INTEGER[];
    counts BIGINT[];
    at INTEGER;
BEGIN
    IF state = '{}' THEN
        state := ARRAY[range.digits, range.highest_tick, ratio, 0];
    END IF;
    SELECT c.total, c.indexes, c.counts INTO total, indexes, counts
        FROM monitoring.sketch_counts(sketch, range.bucket_limit) c;
    IF state[1] <> range.digits OR state[2] <> range.highest_tick OR state[3] <> ratio THEN
        indexes := monitoring.sketch_rebucket(indexes, range.digits, range.highest_tick, range.ticks_per_unit, state[1:3]);
    END IF;
    IF state[4] > 9223372036854775807 - total THEN
        RAISE numeric_value_out_of_range USING MESSAGE = 'count is above 2^63 - 1 (merge of sketches)';
    END IF;
    state[4] := state[4] + total;
    FOR slot IN 1 .. cardinality(indexes) LOOP
        at := indexes[slot] + 5;
        state[at] := coalesce(state[at], 0) + counts[slot];
    END LOOP;
    RETURN state;
END $$;
COMMENT ON FUNCTION monitoring.sketch_merge_step(BIGINT[], BYTEA) IS 'Adds a sketch to the state of a merge';

CREATE FUNCTION monitoring.sketch_rebucket(
        indexes INTEGER[], digits INTEGER, highest_tick BIGINT, ticks_per_unit DOUBLE PRECISION, target BIGINT[]) RETURNS INTEGER[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    half_bits CONSTANT INTEGER := monitoring.sketch_half_bits(digits);
    target_half_bits CONSTANT INTEGER := monitoring.sketch_half_bits(target[1]::integer);
    target_per_unit CONSTANT DOUBLE PRECISION := monitoring.sketch_ticks_per_unit(target[3]);
    bucket RECORD;
BEGIN
    FOR slot IN 1 .. cardinality(indexes) LOOP
        bucket := monitoring.sketch_bucket(indexes[slot], half_bits, highest_tick, ticks_per_unit);
        indexes[slot] := monitoring.sketch_index(
            least(
                monitoring.sketch_round((bucket.low + (bucket.high - bucket.low) / 2) * target_per_unit),
                target[2]),
            target_half_bits);
    END LOOP;
    RETURN indexes;
END $$;
COMMENT ON FUNCTION monitoring.sketch_rebucket(INTEGER[], INTEGER, BIGINT, DOUBLE PRECISION, BIGINT[])
    IS 'Buckets of another range: each goes where its middle lies, so it may be off by half the width of the former';

CREATE FUNCTION monitoring.sketch_zig_zag(value BIGINT) RETURNS BYTEA
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    rest BIGINT := (value << 1) # (value >> 63);
    bytes BYTEA := '';
BEGIN
    FOR written IN 1 .. 8 LOOP
        EXIT WHEN rest & -128 = 0;
        bytes := bytes || set_byte('\x00', 0, ((rest & 127) | 128)::integer);
        rest := (rest >> 7) & 144115188075855871;
    END LOOP;
    RETURN bytes || set_byte('\x00', 0, (rest & 255)::integer);
END $$;
COMMENT ON FUNCTION monitoring.sketch_zig_zag(BIGINT) IS 'A signed integer in 1 to 9 bytes, as HdrHistogram writes it';

CREATE FUNCTION monitoring.sketch_encode(state BIGINT[]) RETURNS BYTEA
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS $$
    WITH used AS (
        SELECT at, count, at - lag(at, 1, 4::bigint) OVER (ORDER BY at) - 1 AS zeros
        FROM unnest(state) WITH ORDINALITY AS t (count, at)
        WHERE at > 4 AND count > 0
    ), payload AS (
        SELECT coalesce(
            string_agg(
                CASE zeros WHEN 0 THEN '' WHEN 1 THEN '\x00' ELSE monitoring.sketch_zig_zag(-zeros) END
                    || monitoring.sketch_zig_zag(count),
                ''::bytea ORDER BY at),
            '\x00') AS bytes
        FROM used
    )
    SELECT '\x1c849313'::bytea || int4send(length(bytes)) || int4send(0) || int4send(state[1]::integer)
        || int8send(1) || int8send(state[2]) || int8send(state[3]) || bytes
    FROM payload
    WHERE state <> '{}' $$;
COMMENT ON FUNCTION monitoring.sketch_encode(BIGINT[]) IS 'The bytes of a merge; null if nothing was merged';

CREATE AGGREGATE monitoring.sketch_merge(BYTEA) (
    SFUNC = monitoring.sketch_merge_step,
    STYPE = BIGINT[],
    INITCOND = '{}',
    FINALFUNC = monitoring.sketch_encode,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE monitoring.sketch_merge(BYTEA)
    IS 'One sketch of all values; ranges that differ are brought to the first, so ORDER BY then matters';
