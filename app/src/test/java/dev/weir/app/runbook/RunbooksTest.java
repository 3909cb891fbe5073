package dev.weir.app.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.alerting.promql.PromqlParser;
import dev.weir.app.deploy.Checkout;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert has its page, and each page can be used as it stands. */
final class RunbooksTest {
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final int LINES_OF_A_PAGE = 60;

    static Stream<Runbook> runbooks() {
        return Runbook.all().stream();
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() {
        Set<String> alerts = new TreeSet<>();
        for (String pack : Checkout.names("rules", "*.yml")) {
            ALERT.matcher(Checkout.text("rules/" + pack)).results().forEach(alert -> alerts.add(alert.group(1)));
        }

        assertThat(runbooks().map(Runbook::alert)).containsExactlyInAnyOrderElementsOf(alerts);
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void everyRunbookIsOnePageThatSaysWhatItMeansAndWhatToDo(Runbook runbook) {
        assertThat(runbook.text())
                .startsWith("# " + runbook.alert() + "\n\n**Means.** ")
                .containsSubsequence("\n**Hurts.** ", "\n## Look\n", "\n## Do\n\n1. ", "\n## Escalate\n\n");
        assertThat(runbook.text().lines()).hasSizeLessThanOrEqualTo(LINES_OF_A_PAGE);
        assertThat(runbook.blocks("promql")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void everyExpressionIsOneThatWeirEvaluates(Runbook runbook) {
        assertThat(runbook.blocks("promql"))
                .allSatisfy(expression -> assertThatCode(() -> PromqlParser.parse(expression))
                        .as(expression)
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void everyLinkLeadsToAFile(Runbook runbook) {
        assertThat(runbook.links())
                .allSatisfy(link ->
                        assertThat(Checkout.path("docs/runbooks/" + link)).isRegularFile());
    }
}
