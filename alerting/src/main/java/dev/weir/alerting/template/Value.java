package dev.weir.alerting.template;

import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What flows through a pipeline. */
sealed interface Value {
    /** As Go prints it. */
    String text();

    String goType();

    /** A text. */
    record Text(String text) implements Value {
        @Override
        public String goType() {
            return "string";
        }
    }

    /** A number. */
    record Numeric(double value) implements Value {
        @Override
        public String text() {
            return GoFloat.shortest(value);
        }

        @Override
        public String goType() {
            return "float64";
        }
    }

    /** All labels. */
    record Labels(SortedMap<String, String> labels) implements Value {
        @Override
        public String text() {
            return labels.entrySet().stream().map(Labels::entryText).collect(Collectors.joining(" ", "map[", "]"));
        }

        private static String entryText(Map.Entry<String, String> entry) {
            return entry.getKey() + ":" + entry.getValue();
        }

        @Override
        public String goType() {
            return "map[string]string";
        }
    }
}
