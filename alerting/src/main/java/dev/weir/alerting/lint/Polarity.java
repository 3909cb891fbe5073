package dev.weir.alerting.lint;

import dev.weir.alerting.promql.BinaryOperator;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.Expr.Binary;
import dev.weir.alerting.promql.Expr.VectorSelector;
import dev.weir.alerting.promql.LabelMatcher;
import dev.weir.alerting.promql.MatchOperator;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether more of a share is better or worse, as far as the words in it tell. */
enum Polarity {
    GOOD,
    BAD,
    UNKNOWN;

    private static final Set<String> GOOD_WORDS = Set.of(
            "hit", "hits", "success", "successes", "successful", "succeeded", "available", "availability", "healthy");
    private static final Set<String> BAD_WORDS = Set.of(
            "error",
            "errors",
            "failure",
            "failures",
            "failed",
            "fail",
            "miss",
            "misses",
            "missed",
            "rejected",
            "dropped",
            "denied",
            "5",
            "5xx",
            "500");

    static Polarity of(Expr wrapped) {
        Expr expr = wrapped.unwrapped();
        if (expr instanceof VectorSelector selector) {
            return ofSelector(selector);
        } else if (expr instanceof Binary binary) {
            return ofBinary(binary);
        }
        return expr.parts().stream()
                .map(Polarity::of)
                .filter(polarity -> polarity != UNKNOWN)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Polarity ofBinary(Binary binary) {
        boolean numberLeft = Numbers.value(binary.left()).isPresent();
        boolean numberRight = Numbers.value(binary.right()).isPresent();
        if (binary.operator() == BinaryOperator.SUBTRACT && numberLeft) {
            return of(binary.right()).opposite();
        }
        if (binary.operator() == BinaryOperator.DIVIDE
                || (binary.operator() == BinaryOperator.MULTIPLY && numberRight)) {
            return of(binary.left());
        }
        return binary.operator() == BinaryOperator.MULTIPLY && numberLeft ? of(binary.right()) : UNKNOWN;
    }

    private Polarity opposite() {
        return switch (this) {
            case GOOD -> BAD;
            case BAD -> GOOD;
            case UNKNOWN -> UNKNOWN;
        };
    }

    private static Polarity ofSelector(VectorSelector selector) {
        for (LabelMatcher matcher : selector.matchers()) {
            boolean chosen = matcher.operator() == MatchOperator.EQUAL || matcher.operator() == MatchOperator.MATCHES;
            Polarity ofValue = ofWords(matcher.value());
            if (ofValue != UNKNOWN) {
                return chosen ? ofValue : UNKNOWN;
            }
        }
        return ofWords(selector.metric());
    }

    private static Polarity ofWords(String text) {
        List<String> words = Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1));
        boolean good = !Collections.disjoint(words, GOOD_WORDS);
        boolean bad = !Collections.disjoint(words, BAD_WORDS);
        return good == bad ? UNKNOWN : good ? GOOD : BAD;
    }
}
