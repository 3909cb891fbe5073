package dev.weir.alerting.unittest;

import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.template.External;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * One test: what is put in, and what is expected at which times after its start.
 *
 * @param name may be empty
 * @param interval between the values of a series
 */
record RuleTest(
        String name,
        Duration interval,
        List<InputSeries> inputs,
        List<AlertTest> alertTests,
        List<ExpressionTest> expressionTests,
        External external) {
    RuleTest {
        inputs = List.copyOf(inputs);
        alertTests = List.copyOf(alertTests);
        expressionTests = List.copyOf(expressionTests);
    }

    /** Time of the last expectation. */
    Duration end() {
        return Stream.concat(
                        alertTests.stream().map(AlertTest::evalTime),
                        expressionTests.stream().map(ExpressionTest::evalTime))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The alerts of a name that fire at a time, all of them. */
    record AlertTest(Duration evalTime, String alertName, List<LabeledAlert> expected) {
        AlertTest {
            expected = List.copyOf(expected);
        }
    }

    /** The samples of an expression at a time, all of them. */
    record ExpressionTest(String text, Duration evalTime, Content content) {}

    /** What an expression and the metrics expected of it turned out to be when they were read. */
    sealed interface Content {
        /** They are good. */
        record Valid(Expr expr, List<ValuedSample> expected) implements Content {
            public Valid {
                expected = List.copyOf(expected);
            }
        }

        /** They are not: this test fails, others go on. */
        record Faulty(String message) implements Content {}
    }

    /** An alert as tests see it: the labels hold its name. */
    record LabeledAlert(SortedMap<String, String> labels, SortedMap<String, String> annotations) {}

    /** A sample as tests see it: the labels hold the metric's name where it has one. */
    record ValuedSample(SortedMap<String, String> labels, double value) {}
}
