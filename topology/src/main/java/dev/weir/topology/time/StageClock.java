package dev.weir.topology.time;

import java.util.Map;
import java.util.TreeMap;

/**
 * The watermark of one partition of a stage: the least over all partitions of the stage before it.
 *
 * <p>It never falls. It is {@link Watermark#UNKNOWN} until every upstream partition has spoken. Idle upstreams do not hold
 * it back; when all are idle and at least one ever had an event, the wall clock moves it, {@code lateness + idle} behind, so
 * that windows close on silent input and an event that comes out of the silence still finds its window open. The wall clock
 * is the upstreams', as they last said it: what they sent since and this stage has yet to read is never overtaken. Not
 * thread-safe.
 */
public final class StageClock {
    private final long behindWallMs;
    private final Map<Integer, Watermark> latest = new TreeMap<>();
    private long watermarkMs = Watermark.UNKNOWN;

    public StageClock(TimeSettings settings) {
        behindWallMs = settings.lateness().plus(settings.idle()).toMillis();
    }

    /** Takes in what an upstream partition says, then returns the watermark. */
    public long advance(Watermark watermark) {
        int upstreams = watermark.upstreams();
        latest.keySet().removeIf(upstream -> upstream >= upstreams);
        latest.merge(watermark.upstream(), watermark, StageClock::neverBack);
        if (latest.size() == upstreams) {
            watermarkMs = Math.max(watermarkMs, ofUpstreams());
        }
        return watermarkMs;
    }

    private long ofUpstreams() {
        long leastSaidAt = Long.MAX_VALUE;
        long least = Long.MAX_VALUE;
        long greatest = Watermark.UNKNOWN;
        boolean allIdle = true;
        for (Watermark upstream : latest.values()) {
            greatest = Math.max(greatest, upstream.timeMs());
            leastSaidAt = Math.min(leastSaidAt, upstream.saidAtMs());
            if (!upstream.idle()) {
                allIdle = false;
                least = Math.min(least, upstream.timeMs());
            }
        }
        if (!allIdle) {
            return least;
        }
        return greatest == Watermark.UNKNOWN ? greatest : Math.max(greatest, leastSaidAt - behindWallMs);
    }

    /** The watermark as last advanced, {@link Watermark#UNKNOWN} at first. */
    public long watermarkMs() {
        return watermarkMs;
    }

    /** Sets the watermark that was stored before a restart; upstreams must speak again. */
    public void restore(long storedWatermarkMs) {
        watermarkMs = Math.max(watermarkMs, storedWatermarkMs);
    }

    private static Watermark neverBack(Watermark before, Watermark now) {
        return now.timeMs() >= before.timeMs()
                ? now
                : new Watermark(now.upstream(), now.upstreams(), before.timeMs(), now.idle(), now.saidAtMs());
    }
}
