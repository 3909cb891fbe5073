-- What a migration made belongs to the owner role, and is granted, from version 5 on.
DO $$
BEGIN
    IF to_regprocedure('weir.apply_grants()') IS NOT NULL THEN
        IF NOT weir.apply_grants() THEN
            RAISE WARNING 'roles are missing, so nothing is granted: everything stays with its maker';
        END IF;
    END IF;
END
$$;
