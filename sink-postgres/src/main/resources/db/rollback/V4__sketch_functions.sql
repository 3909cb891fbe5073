-- The sketches stay; only the functions that read them go.

DROP AGGREGATE monitoring.sketch_merge(BYTEA);
DROP FUNCTION monitoring.sketch_encode(BIGINT[]);
DROP FUNCTION monitoring.sketch_zig_zag(BIGINT);
DROP FUNCTION monitoring.sketch_merge_step(BIGINT[], BYTEA);
DROP FUNCTION monitoring.sketch_rebucket(INTEGER[], INTEGER, BIGINT, DOUBLE PRECISION, BIGINT[]);
DROP FUNCTION monitoring.sketch_quantile(BYTEA, DOUBLE PRECISION);
DROP FUNCTION monitoring.sketch_bounds(BYTEA, DOUBLE PRECISION);
DROP FUNCTION monitoring.sketch_count(BYTEA);
DROP FUNCTION monitoring.sketch_counts(BYTEA, INTEGER);
DROP FUNCTION monitoring.sketch_header(BYTEA);
DROP FUNCTION monitoring.sketch_malformed(TEXT);
DROP FUNCTION monitoring.sketch_long(BYTEA, INTEGER);
DROP FUNCTION monitoring.sketch_ticks_per_unit(BIGINT);
DROP FUNCTION monitoring.sketch_bits(DOUBLE PRECISION);
DROP FUNCTION monitoring.sketch_double(BIGINT);
DROP FUNCTION monitoring.sketch_bucket(INTEGER, INTEGER, BIGINT, DOUBLE PRECISION);
DROP FUNCTION monitoring.sketch_boundary(BIGINT, DOUBLE PRECISION);
DROP FUNCTION monitoring.sketch_round(DOUBLE PRECISION);
DROP FUNCTION monitoring.sketch_ticks(INTEGER, INTEGER);
DROP FUNCTION monitoring.sketch_index(BIGINT, INTEGER);
DROP FUNCTION monitoring.sketch_bit_length(BIGINT);
DROP FUNCTION monitoring.sketch_half_bits(INTEGER);
