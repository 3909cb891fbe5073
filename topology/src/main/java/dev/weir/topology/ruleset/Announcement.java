package dev.weir.topology.ruleset;

/**
 * What one partition of a stage says about rules to every partition of the next.
 *
 * @param rules id of the rule set that it follows
 * @param fromMs event time from which what it sends suits that set: a whole minute, or {@link #ALWAYS}
 */
public record Announcement(long rules, long fromMs) {
    /** It has sent nothing under another set. */
    public static final long ALWAYS = Long.MIN_VALUE;
}
