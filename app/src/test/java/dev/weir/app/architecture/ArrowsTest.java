package dev.weir.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules and packages, as docs/ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "dev.weir", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArrowsTest {
    private static final String[] SCHEMAS = {
        "dev.weir.events..", "dev.weir.aggregates..", "dev.weir.alerts..", "dev.weir.rejected..",
        "dev.weir.serde..", "dev.weir.series..", "dev.weir.sketch..", "dev.weir.pane.."
    };
    private static final String ALERTING = "dev.weir.alerting..";
    private static final String PUBLISHER = "dev.weir.publisher..";
    private static final String TOPOLOGY = "dev.weir.topology..";
    private static final String SINK = "dev.weir.sink..";
    private static final String NOTIFY = "dev.weir.notify..";
    private static final String SERVE = "dev.weir.serve..";
    private static final String TESTING = "dev.weir.testing..";
    private static final String APP = "dev.weir.app..";

    @ArchTest
    static final ArchRule schemasDependOnNothingOfOurs = noClasses()
            .that()
            .resideInAnyPackage(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ALERTING, PUBLISHER, TOPOLOGY, SINK, NOTIFY, SERVE, TESTING, APP);

    @ArchTest
    static final ArchRule publisherSeesOnlySchemas = noClasses()
            .that()
            .resideInAPackage(PUBLISHER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ALERTING, TOPOLOGY, SINK, NOTIFY, SERVE, TESTING, APP);

    @ArchTest
    static final ArchRule nothingOfTheServerUsesThePublisher = noClasses()
            .that()
            .resideInAnyPackage(ALERTING, TOPOLOGY, SINK, NOTIFY, SERVE, TESTING, APP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PUBLISHER);

    @ArchTest
    static final ArchRule alertingKnowsNoKafka = noClasses()
            .that()
            .resideInAPackage(ALERTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "kafka..", "dev.weir.serde..", TOPOLOGY, SINK, NOTIFY, SERVE, TESTING, APP);

    @ArchTest
    static final ArchRule topologySeesNeitherStoreNorServer = noClasses()
            .that()
            .resideInAPackage(TOPOLOGY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SINK, NOTIFY, SERVE, TESTING, APP);

    @ArchTest
    static final ArchRule sinkSeesOnlySchemas = noClasses()
            .that()
            .resideInAPackage(SINK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ALERTING, TOPOLOGY, NOTIFY, SERVE, TESTING, APP);

    @ArchTest
    static final ArchRule notifySeesOnlySchemas = noClasses()
            .that()
            .resideInAPackage(NOTIFY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ALERTING, TOPOLOGY, SINK, SERVE, TESTING, APP);

    @ArchTest
    static final ArchRule serveSeesNeitherTopologyNorStore = noClasses()
            .that()
            .resideInAPackage(SERVE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TOPOLOGY, SINK, NOTIFY, TESTING, APP);

    @ArchTest
    static final ArchRule testingSeesOnlySchemas = noClasses()
            .that()
            .resideInAPackage(TESTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ALERTING, TOPOLOGY, SINK, NOTIFY, SERVE, APP);

    @ArchTest
    static final ArchRule onlyTheEmbeddedMachineAndTheLoadUseTesting = noClasses()
            .that()
            .resideInAPackage(APP)
            .and()
            .resideOutsideOfPackages("dev.weir.app.dev..", "dev.weir.app.demo..", "dev.weir.app.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTING);

    @ArchTest
    static final ArchRule modulesHaveNoCycles =
            slices().matching("dev.weir.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfAlertingHaveNoCycles =
            slices().matching("dev.weir.alerting.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheTopologyHaveNoCycles =
            slices().matching("dev.weir.topology.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTestingHaveNoCycles =
            slices().matching("dev.weir.testing.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheAppHaveNoCycles =
            slices().matching("dev.weir.app.(*)..").should().beFreeOfCycles();
}
