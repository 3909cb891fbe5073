package dev.weir.publisher;

import dev.weir.events.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a meter and the outcome that its tag {@code outcome} tells, if any.
 *
 * <p>Weir knows four outcomes. {@code SUCCESS}, {@code ERROR}, {@code HIT} and {@code MISS} are those; {@code INFORMATIONAL},
 * {@code REDIRECTION} and {@code CLIENT_ERROR}, as web frameworks have them, are successes of the service, {@code SERVER_ERROR} and {@code FAILURE} are
 * errors. A text other than the four also stays as label {@code exported_outcome}.
 */
record OutcomeTag(@Nullable Outcome outcome, Map<String, String> labels) {
    private static final String OUTCOME = "outcome";
    private static final String EXPORTED = "exported_outcome";

    OutcomeTag {
        labels = Map.copyOf(labels);
    }

    /** Of a meter whose values can have an outcome. */
    static OutcomeTag of(Map<String, String> tags) {
        String text = tags.get(OUTCOME);
        if (text == null) {
            return new OutcomeTag(null, tags);
        }
        Outcome outcome = switch (text) {
            case "SUCCESS", "INFORMATIONAL", "REDIRECTION", "CLIENT_ERROR" -> Outcome.SUCCESS;
            case "ERROR", "SERVER_ERROR", "FAILURE" -> Outcome.ERROR;
            case "HIT" -> Outcome.HIT;
            case "MISS" -> Outcome.MISS;
            default -> null;
        };
        boolean same = outcome != null && outcome.name().equals(text);
        return new OutcomeTag(outcome, same ? without(tags) : exported(tags, text));
    }

    /** Of a meter whose values have none. */
    static OutcomeTag kept(Map<String, String> tags) {
        String text = tags.get(OUTCOME);
        return new OutcomeTag(null, text == null ? tags : exported(tags, text));
    }

    private static Map<String, String> exported(Map<String, String> tags, String text) {
        Map<String, String> labels = without(tags);
        labels.put(EXPORTED, text);
        return labels;
    }

    private static Map<String, String> without(Map<String, String> tags) {
        Map<String, String> labels = new TreeMap<>(tags);
        labels.remove(OUTCOME);
        return labels;
    }
}
