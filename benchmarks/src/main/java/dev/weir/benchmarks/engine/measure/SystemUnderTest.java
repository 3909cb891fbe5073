package dev.weir.benchmarks.engine.measure;

/** A system that can read a preloaded topic again and again, each time as if for the first. */
public interface SystemUnderTest {
    /**
     * Reads the whole topic.
     *
     * @param number different for each pass of all processes
     * @throws Exception if the topic was not read to its end
     */
    PassResult pass(int number) throws Exception;
}
