package dev.weir.topology.aggregate;

import dev.weir.topology.state.StoreBuilders;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the aggregate stage. Renaming one is a state migration. */
public final class AggregateStores {
    /** "watermark" → ms up to which panes and windows are closed. */
    public static final String CLOCK = "aggregate-clock";

    /** (start, series) → open pane. */
    public static final String PANES = "open-panes";

    private AggregateStores() {}

    /** All stores of the stage. */
    public static Set<StoreBuilder<?>> builders() {
        List<String> slices = new ArrayList<>(List.of(PANES));
        for (WindowSize size : WindowSize.values()) {
            slices.add(Windows.openStore(size));
            slices.add(Windows.closedStore(size));
            slices.add(Windows.correctionStore(size));
        }
        Set<StoreBuilder<?>> builders = new LinkedHashSet<>();
        builders.add(StoreBuilders.clock(CLOCK));
        slices.forEach(name -> builders.add(StoreBuilders.slices(name)));
        return builders;
    }
}
