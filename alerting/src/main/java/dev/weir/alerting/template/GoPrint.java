package dev.weir.alerting.template;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Prints values as Go does. */
final class GoPrint {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral(" +0000 UTC")
            .toFormatter(Locale.ROOT);

    private GoPrint() {}

    /** How one value looks inside of others; a text as it stands, or as a verb makes it. */
    @FunctionalInterface
    interface Scalar {
        void append(Value value, BoundedText out) throws RenderFailure;
    }

    /** {@code %v}. */
    static String text(Value value) throws RenderFailure {
        BoundedText out = new BoundedText();
        append(value, out);
        return out.toString();
    }

    /** What an action writes: the value, {@code <no value>} for nil. */
    static void write(Value value, BoundedText out) throws RenderFailure {
        if (value instanceof Value.Nothing) {
            out.append("<no value>");
        } else {
            append(value, out);
        }
    }

    /** The values with a blank between two of which neither is a text; one text alone is itself. */
    static String sprint(List<Value> values) throws RenderFailure {
        BoundedText out = new BoundedText();
        for (int i = 0; i < values.size(); i++) {
            boolean texts = i == 0 || values.get(i) instanceof Value.Text || values.get(i - 1) instanceof Value.Text;
            append(values.get(i), texts ? out : out.append(" "));
        }
        return out.toString();
    }

    /** The values with blanks between them and a line break. */
    static String sprintln(List<Value> values) throws RenderFailure {
        BoundedText out = new BoundedText();
        for (int i = 0; i < values.size(); i++) {
            append(values.get(i), i == 0 ? out : out.append(" "));
        }
        return out.append("\n").toString();
    }

    static void append(Value value, BoundedText out) throws RenderFailure {
        appendComposite(value, GoPrint::appendScalar, out);
    }

    /** Prints collections element by element, anything else as {@code scalar} does. */
    static void appendComposite(Value value, Scalar scalar, BoundedText out) throws RenderFailure {
        if (value instanceof Value.Labels labels) {
            appendLabels(labels, scalar, out);
        } else if (value instanceof Value.Element element) {
            out.append("{");
            appendLabels(new Value.Labels(element.labels()), scalar, out);
            out.append(" ");
            scalar.append(new Value.Numeric(element.value()), out);
            out.append("}");
        } else if (value instanceof Value.Elements elements) {
            // Go shows addresses here.
            String separator = "[";
            for (Value.Element element : elements.samples()) {
                appendComposite(element, scalar, out.append(separator));
                separator = " ";
            }
            out.append(elements.samples().isEmpty() ? "[]" : "]");
        } else if (value instanceof Value.Arguments arguments) {
            String separator = "";
            out.append("map[");
            for (var entry : arguments.values().entrySet()) {
                scalar.append(new Value.Text(entry.getKey()), out.append(separator));
                appendComposite(entry.getValue(), scalar, out.append(":"));
                separator = " ";
            }
            out.append("]");
        } else if (value instanceof Value.Alert alert) {
            appendAlert(alert.data(), scalar, out);
        } else {
            scalar.append(value, out);
        }
    }

    private static void appendAlert(TemplateData data, Scalar scalar, BoundedText out) throws RenderFailure {
        External external = data.context().external();
        appendLabels(new Value.Labels(data.labels()), scalar, out.append("{"));
        appendLabels(new Value.Labels(external.labels()), scalar, out.append(" "));
        scalar.append(new Value.Text(external.url()), out.append(" "));
        scalar.append(new Value.Numeric(data.value()), out.append(" "));
        out.append("}");
    }

    private static void appendLabels(Value.Labels labels, Scalar scalar, BoundedText out) throws RenderFailure {
        String separator = "";
        out.append("map[");
        for (var label : labels.labels().entrySet()) {
            scalar.append(new Value.Text(label.getKey()), out.append(separator));
            scalar.append(new Value.Text(label.getValue()), out.append(":"));
            separator = " ";
        }
        out.append("]");
    }

    private static void appendScalar(Value value, BoundedText out) throws RenderFailure {
        if (value instanceof Value.Text text) {
            out.append(text.text());
        } else if (value instanceof Value.Numeric number) {
            out.append(GoFloat.shortest(number.value()));
        } else if (value instanceof Value.Whole whole) {
            out.append(Long.toString(whole.value()));
        } else if (value instanceof Value.Flag flag) {
            out.append(Boolean.toString(flag.value()));
        } else if (value instanceof Value.Time time) {
            out.append(TIME.format(Instant.ofEpochMilli(time.epochMs()).atOffset(ZoneOffset.UTC)));
        } else {
            out.append(value.goType());
        }
    }
}
