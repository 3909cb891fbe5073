package dev.weir.app.store;

import dev.weir.sink.schema.Catalog;
import dev.weir.sink.schema.CatalogMismatch;
import dev.weir.sink.schema.Migrations;
import dev.weir.sink.schema.SchemaRoles;
import dev.weir.sink.schema.SchemaVersion;
import java.util.ArrayList;
import java.util.List;

/** Compares the tables of this build with those of the database. */
public final class TableCheck {
    private TableCheck() {}

    /**
     * What is missing, changed, extra or not applied.
     *
     * @throws dev.weir.app.CommandFailedException when the database is away or refuses
     */
    public static List<SchemaFinding> findings(StoreDatabase database) {
        List<SchemaFinding> findings = new ArrayList<>();
        database.changing(at -> Migrations.atOnce(at, SchemaRoles.USUAL).status())
                .forEach(version -> addVersion(version, findings));
        Catalog found = database.connected(Catalog::read);
        for (CatalogMismatch mismatch : Catalog.ofThisBuild().mismatchesIn(found)) {
            String problem = mismatch.toString().substring(mismatch.object().length() + 1);
            findings.add(new SchemaFinding(mismatch.object(), problem, !mismatch.isExtra()));
        }
        return findings;
    }

    private static void addVersion(SchemaVersion version, List<SchemaFinding> findings) {
        String what = "migration " + version.script();
        switch (version.state()) {
            case "success" -> {}
            case "future_success" ->
                findings.add(SchemaFinding.note(what, "is of a newer build than this, which does not have it"));
            case "pending" -> findings.add(SchemaFinding.fault(what, "is not applied: run weir db migrate"));
            default -> findings.add(SchemaFinding.fault(what, "is " + version.state() + ", must be success"));
        }
    }
}
