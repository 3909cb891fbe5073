-- Until this connection ends: a rollback takes the same lock.
DO $$ BEGIN PERFORM pg_advisory_lock(hashtext('weir.migrations')); END $$;
