package dev.weir.testing.workload;

/** What an incident does to a series while it lasts. */
public sealed interface Effect {

    /** The {@code share} of the events that are hit have {@code factor} times their value. */
    record Scale(double factor, double share) implements Effect {
        public Scale {
            Require.notNegative("factor", factor);
            Require.share("share", share);
        }
    }

    /** The series stands at {@code value}. */
    record Stand(double value) implements Effect {}

    /** The less usual outcome comes with probability {@code otherShare}. */
    record Turn(double otherShare) implements Effect {
        public Turn {
            Require.share("otherShare", otherShare);
        }
    }

    /** The series sends nothing. */
    record Silence() implements Effect {}
}
