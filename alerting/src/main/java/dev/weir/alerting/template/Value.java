package dev.weir.alerting.template;

import java.util.List;
import java.util.SortedMap;

/** What flows through a template. */
sealed interface Value {
    /** The name of its type in Go, as messages show it. */
    String goType();

    /** What {@code if} makes of it: numbers that are not zero, texts and collections that are not empty. */
    boolean isTrue();

    /** A text. */
    record Text(String text) implements Value {
        @Override
        public String goType() {
            return "string";
        }

        @Override
        public boolean isTrue() {
            return !text.isEmpty();
        }
    }

    /** A floating-point number. */
    record Numeric(double value) implements Value {
        @Override
        public String goType() {
            return "float64";
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }
    }

    /** A whole number: a literal without a point, a length, an index. */
    record Whole(long value) implements Value {
        @Override
        public String goType() {
            return "int";
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }
    }

    /** True or false. */
    record Flag(boolean value) implements Value {
        @Override
        public String goType() {
            return "bool";
        }

        @Override
        public boolean isTrue() {
            return value;
        }
    }

    /** Labels by name. */
    record Labels(SortedMap<String, String> labels) implements Value {
        @Override
        public String goType() {
            return "map[string]string";
        }

        @Override
        public boolean isTrue() {
            return !labels.isEmpty();
        }
    }

    /** One sample of a query. */
    record Element(SortedMap<String, String> labels, double value) implements Value {
        @Override
        public String goType() {
            return "*template.sample";
        }

        @Override
        public boolean isTrue() {
            return true;
        }
    }

    /** The samples of a query. */
    record Elements(List<Element> samples) implements Value {
        public Elements {
            samples = List.copyOf(samples);
        }

        @Override
        public String goType() {
            return "template.queryResult";
        }

        @Override
        public boolean isTrue() {
            return !samples.isEmpty();
        }
    }

    /** What {@code args} makes: {@code arg0}, {@code arg1} and so on; {@code depth} is 1 more than that of the deepest. */
    record Arguments(SortedMap<String, Value> values, int depth) implements Value {
        @Override
        public String goType() {
            return "map[string]interface {}";
        }

        @Override
        public boolean isTrue() {
            return !values.isEmpty();
        }
    }

    /** An instant, ms since the epoch. */
    record Time(long epochMs) implements Value {
        @Override
        public String goType() {
            return "*time.Time";
        }

        @Override
        public boolean isTrue() {
            return true;
        }
    }

    /** The alert: what a template is given. */
    record Alert(TemplateData data) implements Value {
        @Override
        public String goType() {
            return "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value float64 }";
        }

        @Override
        public boolean isTrue() {
            return true;
        }
    }

    /** Go's nil. */
    record Nothing() implements Value {
        @Override
        public String goType() {
            return "<nil>";
        }

        @Override
        public boolean isTrue() {
            return false;
        }
    }
}
