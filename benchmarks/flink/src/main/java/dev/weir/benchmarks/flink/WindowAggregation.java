package dev.weir.benchmarks.flink;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds samples to the state of their window. */
final class WindowAggregation implements AggregateFunction<Sample, WindowState, WindowState> {
    @Override
    public WindowState createAccumulator() {
        return new WindowState(null);
    }

    @Override
    public WindowState add(Sample sample, WindowState window) {
        window.add(sample);
        return window;
    }

    @Override
    public WindowState getResult(WindowState window) {
        return window;
    }

    @Override
    public WindowState merge(WindowState one, WindowState other) {
        throw new UnsupportedOperationException("tumbling windows are never merged");
    }
}
