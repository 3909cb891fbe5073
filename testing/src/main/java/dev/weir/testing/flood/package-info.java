/**
 * Encoded traffic whose exact totals are known: a plan enters, records leave in the order of sending, and what they must come to
 * as an {@link dev.weir.testing.oracle.IntegerTruth}. The same truth is read back from the log of the events topic.
 */
@NullMarked
package dev.weir.testing.flood;

import org.jspecify.annotations.NullMarked;
