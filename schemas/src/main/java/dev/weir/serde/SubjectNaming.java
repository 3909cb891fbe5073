package dev.weir.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the subject of a schema is named: by topic, by record, or by both. */
enum SubjectNaming {
    TOPIC,
    RECORD,
    TOPIC_RECORD;

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";
    private static final String TOPIC_NAME_STRATEGY = PACKAGE + "TopicNameStrategy";

    /** Reads Confluent's {@code key.} or {@code value.subject.name.strategy}, a class name. */
    static SubjectNaming of(SerdeSettings settings, boolean isKey) {
        String key = (isKey ? "key" : "value") + ".subject.name.strategy";
        String className = settings.text(key, TOPIC_NAME_STRATEGY);
        return switch (className) {
            case TOPIC_NAME_STRATEGY -> TOPIC;
            case PACKAGE + "RecordNameStrategy" -> RECORD;
            case PACKAGE + "TopicRecordNameStrategy" -> TOPIC_RECORD;
            default ->
                throw new ConfigException(key + " is " + className + ", must be " + PACKAGE
                        + "TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
        };
    }

    String subject(String topic, boolean isKey, Schema schema) {
        return switch (this) {
            case TOPIC -> topic + (isKey ? "-key" : "-value");
            case RECORD -> schema.getFullName();
            case TOPIC_RECORD -> topic + "-" + schema.getFullName();
        };
    }
}
