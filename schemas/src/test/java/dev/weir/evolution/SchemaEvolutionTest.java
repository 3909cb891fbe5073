package dev.weir.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaEvolutionTest {
    private static final Path VERSIONS = Path.of("src/test/resources/versions");

    static List<Schema> topLevelRecords() throws IOException {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
            for (Path file : files.sorted().toList()) {
                parser.parse(file);
            }
        }
        return parser.getParsedNamedSchemas().stream()
                .filter(schema -> Files.exists(Path.of("src/main/avro", schema.getName() + ".avsc")))
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("topLevelRecords")
    void schemaAndEveryCommittedVersionReadEachOther(Schema current) throws IOException {
        CommittedVersions committed = CommittedVersions.of(VERSIONS, current.getFullName());

        assertThat(SchemaEvolution.faults(current, committed)).isEmpty();
    }

    @Test
    void everyRecordOfTheContractIsChecked() throws IOException {
        assertThat(topLevelRecords())
                .extracting(Schema::getName)
                .contains(
                        "MetricEvent",
                        "MetricBatch",
                        "HistogramEvent",
                        "WindowAggregate",
                        "AlertTransition",
                        "RejectedEvent")
                .contains("WorkerIssue", "MonitoringEvent");
    }

    @Test
    void newFieldWithoutDefaultIsABreakingChange() {
        Schema added = SchemaBuilder.record("x.R")
                .fields()
                .requiredInt("a")
                .requiredInt("b")
                .endRecord();

        assertThat(SchemaEvolution.faults(added, committed(record("a"), added)))
                .singleElement()
                .asString()
                .startsWith("x.R cannot read version 1: READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1: b");
    }

    @Test
    void removedFieldWithoutDefaultIsABreakingChange() {
        Schema wide = SchemaBuilder.record("x.R")
                .fields()
                .requiredInt("a")
                .requiredInt("b")
                .endRecord();

        assertThat(SchemaEvolution.faults(record("a"), committed(wide, record("a"))))
                .singleElement()
                .asString()
                .startsWith("version 1 of x.R cannot read the current one: READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void schemaThatIsNotCommittedNamesTheFileToAdd() {
        Schema optional = SchemaBuilder.record("x.R")
                .fields()
                .requiredInt("a")
                .optionalInt("b")
                .endRecord();

        assertThat(SchemaEvolution.faults(optional, committed(record("a"))))
                .singleElement()
                .asString()
                .startsWith(
                        "x.R is not committed as its latest version, must be: add versions/x.R/2.avsc with the content\n{");
    }

    private static Schema record(String field) {
        return SchemaBuilder.record("x.R").fields().requiredInt(field).endRecord();
    }

    private static CommittedVersions committed(Schema... schemas) {
        TreeMap<Integer, Schema> byNumber = new TreeMap<>();
        for (Schema schema : schemas) {
            byNumber.put(byNumber.size() + 1, schema);
        }
        return new CommittedVersions(Path.of("versions"), "x.R", byNumber);
    }
}
