package dev.weir.topology.crash;

import dev.weir.testing.oracle.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * What a run has shown.
 *
 * @param events measurements that the input's log holds, a histogram being one
 * @param kills how many times a stream process was killed
 * @param faults all faults in their order, as text
 * @param inputDifferences minutes and reasons in which the input's log is not what was meant to be sent
 * @param verdict what was published against what the input's log comes to
 * @param recoveriesS seconds from each kill until every partition that had a backlog was committed further, ascending
 * @param seconds how long the run took
 */
record CrashReport(
        long events,
        int kills,
        List<String> faults,
        long inputDifferences,
        Verdict verdict,
        List<Double> recoveriesS,
        double seconds) {
    private static final double P99 = 0.99;

    /** True if everything was counted exactly once. */
    boolean exact() {
        return verdict.matches();
    }

    /** The result on one line. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"events\":%d,\"kills\":%d,\"mismatches\":%d,\"lost\":%d,\"duplicated\":%d,\"recovery_s_p99\":%.2f,"
                        + "\"recovery_s_p50\":%.2f,\"windows\":%d,\"faults\":%d,\"input_differences\":%d,\"seconds\":%.1f}",
                events,
                kills,
                verdict.comparison().mismatches(),
                verdict.lost(),
                verdict.duplicated(),
                recovery(P99),
                recovery(0.5),
                verdict.comparison().windows(),
                faults.size(),
                inputDifferences,
                seconds);
    }

    private double recovery(double quantile) {
        if (recoveriesS.isEmpty()) {
            return 0;
        }
        return recoveriesS.get((int) Math.ceil(quantile * recoveriesS.size()) - 1);
    }
}
