package dev.weir.alerting.rulefile;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.template.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A rule of a group: alerting or recording. */
public sealed interface Rule {
    /** The alert's name or the recorded metric. */
    String name();

    /** The expression as written. */
    String expression();

    Expr expr();

    /** All expressions that the rule evaluates: its own and the queries in its templates. */
    default List<Expr> expressions() {
        return List.of(expr());
    }

    /** 16 hex digits over everything that decides what the rule does: another text, another version. */
    String version();

    /**
     * A rule that raises an alert for each sample of its expression.
     *
     * @param holdFor how long the condition must hold before the alert fires; {@code for} in the file
     * @param keepFiringFor how long it goes on firing after the condition ended
     */
    record Alerting(
            String name,
            String expression,
            Expr expr,
            Duration holdFor,
            Duration keepFiringFor,
            SortedMap<String, Template> labels,
            SortedMap<String, Template> annotations,
            String version)
            implements Rule {
        public Alerting {
            labels = sorted(labels);
            annotations = sorted(annotations);
        }

        @Override
        public List<Expr> expressions() {
            return Stream.concat(
                            Stream.of(expr),
                            Stream.of(labels, annotations)
                                    .flatMap(templates -> templates.values().stream())
                                    .flatMap(template -> template.queries().stream()))
                    .toList();
        }
    }

    /** A rule that gives the samples of its expression a name of their own. */
    record Recording(String name, String expression, Expr expr, SortedMap<String, String> labels, String version)
            implements Rule {
        public Recording {
            labels = sorted(labels);
        }
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
