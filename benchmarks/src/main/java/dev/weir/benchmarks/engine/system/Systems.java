package dev.weir.benchmarks.engine.system;

import dev.weir.benchmarks.engine.limit.LimitSystem;
import dev.weir.benchmarks.engine.measure.PassSettings;
import dev.weir.benchmarks.engine.measure.SystemUnderTest;
import java.util.List;
import java.util.Optional;

/** The systems by the names of the report. */
public final class Systems {
    public static final String LIMIT = "limit";
    public static final String NOOP = "noop";
    public static final String WEIR = "weir";
    public static final String DSL = "dsl";
    public static final String DSL_COMPACT = "dsl_compact";
    public static final String FLINK = "flink";

    /** In the order of their turns. */
    public static final List<String> NAMES = List.of(LIMIT, NOOP, WEIR, DSL, DSL_COMPACT, FLINK);

    /** Those that a quick run compares. */
    public static final List<String> QUICK = List.of(LIMIT, WEIR, DSL, FLINK);

    private static final String FLINK_CLASS = "dev.weir.benchmarks.flink.FlinkSystem";

    private Systems() {}

    /**
     * Makes a system.
     *
     * @throws Exception if there is none of that name, or it cannot be made
     */
    public static SystemUnderTest of(String name, PassSettings settings) throws Exception {
        return switch (name) {
            case LIMIT -> new LimitSystem(settings);
            case NOOP -> new NoopSystem(settings);
            case WEIR -> new WeirSystem(settings);
            case DSL -> new DslSystem(settings, new DenseAggregation());
            case DSL_COMPACT -> new DslSystem(settings, new CompactAggregation());
            // Not on this class path: Flink brings libraries of its own.
            case FLINK ->
                Class.forName(FLINK_CLASS)
                        .asSubclass(SystemUnderTest.class)
                        .getConstructor(PassSettings.class)
                        .newInstance(settings);
            default -> throw new IllegalArgumentException("system is " + name + ", must be one of " + NAMES);
        };
    }

    /** The suffix of the topic that a system publishes the windows to which the oracle knows; empty where it has none. */
    public static Optional<String> output(String name) {
        return switch (name) {
            case LIMIT -> Optional.of(".limit");
            case WEIR -> Optional.of(".aggregates");
            case FLINK -> Optional.of(".flink");
            default -> Optional.empty();
        };
    }

    /** Whether a system is so slow that it reads the beginning of the workload only. */
    public static boolean isSlow(String name) {
        return name.equals(DSL) || name.equals(DSL_COMPACT);
    }
}
