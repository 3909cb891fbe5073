package dev.weir.benchmarks.sketch;

/** One mergeable summary of values, behind what all of them can do. */
interface Contender {
    /** Empty again, by the library's own means or as a new one. */
    void reset();

    void record(double value);

    /** Adds another of the same class. */
    void merge(Contender other);

    byte[] encode();

    /** Another that holds what was encoded. */
    Contender decode(byte[] encoded);

    double quantile(double q);

    static Contender named(String name) {
        return switch (name) {
            case "weir" -> new WeirContender();
            case "hdr-dense" -> HdrContender.dense();
            case "hdr-packed" -> HdrContender.packed();
            case "ddsketch" -> new DdSketchContender();
            case "t-digest" -> new TDigestContender();
            default -> throw new IllegalArgumentException("name is " + name + ", must be that of a contender");
        };
    }
}
