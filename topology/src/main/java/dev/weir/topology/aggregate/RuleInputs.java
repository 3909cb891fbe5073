package dev.weir.topology.aggregate;

import dev.weir.pane.Aggregate;
import dev.weir.topology.shuffle.DeltaPack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packs the panes of one start by rule group. One thread. */
final class RuleInputs {
    /** Takes the panes of one start that a group reads. */
    interface Sender {
        void send(String group, long startMs, byte[] pack);
    }

    private final Sender sender;
    private final Map<String, DeltaPack.Writer> byGroup = new LinkedHashMap<>();
    private long startMs;

    RuleInputs(Sender sender) {
        this.sender = sender;
    }

    /** Adds a pane for groups that read its series; panes of another start must have been flushed. */
    void add(long paneStartMs, byte[] series, List<String> groups, Aggregate aggregate) {
        startMs = paneStartMs;
        for (String group : groups) {
            DeltaPack.Writer writer = byGroup.get(group);
            if (writer == null) {
                writer = new DeltaPack.Writer();
                writer.begin(startMs, false);
                byGroup.put(group, writer);
            }
            writer.add(series, aggregate);
            if (writer.isFull()) {
                sender.send(group, startMs, writer.toByteArray());
                writer.begin(startMs, false);
            }
        }
    }

    /** Sends what has been added since. */
    void flush() {
        byGroup.forEach((group, writer) -> {
            if (!writer.isEmpty()) {
                sender.send(group, startMs, writer.toByteArray());
            }
        });
        byGroup.clear();
    }
}
