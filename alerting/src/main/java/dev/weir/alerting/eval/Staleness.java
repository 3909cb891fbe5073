package dev.weir.alerting.eval;

/** The value that says that a series has ended: a NaN with Prometheus' own bits. */
public final class Staleness {
    private static final long BITS = 0x7ff0_0000_0000_0002L;

    /** The marker, as the value of a sample. Arithmetic turns it into an ordinary NaN. */
    public static final double MARKER = Double.longBitsToDouble(BITS);

    private Staleness() {}

    public static boolean isMarker(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}
