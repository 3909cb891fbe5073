package dev.weir.testing.workload;

/**
 * How many extra events, as a share of the ordinary ones, are wrong or late on purpose.
 *
 * @param invalid break a rule for names, labels or values
 * @param future are stamped ten years ahead
 * @param tooLate are stamped thirty days behind
 * @param corrections are stamped twenty minutes behind: late, yet to be aggregated; counts and observations only
 */
public record FaultRates(double invalid, double future, double tooLate, double corrections) {
    /** Ordinary events only. */
    public static final FaultRates NONE = new FaultRates(0, 0, 0, 0);

    public FaultRates {
        Require.share("invalid", invalid);
        Require.share("future", future);
        Require.share("tooLate", tooLate);
        Require.share("corrections", corrections);
        Require.share("the sum of all fault rates", invalid + future + tooLate + corrections);
    }
}
