package dev.weir.topology.ruleset;

import dev.weir.wire.ByteInput;
import dev.weir.wire.ByteOutput;
import java.nio.charset.StandardCharsets;
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
            putText(out, name);
            putText(out, text);
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
            String name = getText(in);
            texts.put(name, getText(in));
        }
        return RuleSet.parse(texts, defaultInterval, pane);
    }

    private static void putText(ByteOutput out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putVarLong(utf8.length);
        out.putBytes(utf8, 0, utf8.length);
    }

    private static String getText(ByteInput in) {
        int length = in.getLength();
        int from = in.skip(length);
        return new String(in.array(), from, length, StandardCharsets.UTF_8);
    }
}
