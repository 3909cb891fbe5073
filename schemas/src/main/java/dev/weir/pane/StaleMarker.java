package dev.weir.pane;

/**
 * The value that says that a series has ended, as Prometheus writes it: a NaN with bits of its own. Between it and the
 * next sample the series does not exist; in a range it is passed over.
 */
public final class StaleMarker {
    private static final long BITS = 0x7ff0000000000002L;

    public static final double VALUE = Double.longBitsToDouble(BITS);

    private StaleMarker() {}

    /** True of this one NaN, not of others. */
    public static boolean is(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}
