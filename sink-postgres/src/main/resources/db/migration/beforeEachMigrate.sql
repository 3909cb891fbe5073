-- Every batch of a sink begins with this table: none is in the middle of one while tables change, so none can deadlock.
DO $$
BEGIN
    IF to_regclass('weir.sink_offsets') IS NOT NULL THEN
        LOCK TABLE weir.sink_offsets IN ACCESS EXCLUSIVE MODE;
    END IF;
END
$$;
