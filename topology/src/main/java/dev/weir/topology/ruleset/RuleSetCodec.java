package dev.weir.topology.ruleset;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of a rule set in state stores: default interval and pane in ms, number of files, then name and text of each, with
 * their lengths before them. Integers are of variable length.
 */
public final class RuleSetCodec {
    private RuleSetCodec() {}

    public static byte[] encode(RuleSet set) {
        ByteOutput out = new ByteOutput(1 << 10);
        out.putVarLong(set.defaultInterval().toMillis());
        out.putVarLong(set.pane().toMillis());
        out.putVarLong(set.texts().size());
        set.texts().forEach((name, text) -> {
            out.putText(name);
            out.putText(text);
        });
        return out.toByteArray();
    }

    /**
     * The set that {@link #encode} wrote.
     *
     * @throws InvalidRulesException if this version refuses what an earlier one took
     */
    public static RuleSet decode(byte[] bytes) {
        ByteInput in = new ByteInput().wrap(bytes);
        Duration defaultInterval = Duration.ofMillis(in.getVarLong());
        Duration pane = Duration.ofMillis(in.getVarLong());
        Map<String, String> texts = new TreeMap<>();
        for (long left = in.getVarLong(); left > 0; left--) {
            String name = in.getText();
            texts.put(name, in.getText());
        }
        return RuleSet.parse(texts, defaultInterval, pane);
    }
}
