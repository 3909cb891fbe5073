/**
 * promtool's unit tests of rules: a test file enters {@link dev.weir.alerting.unittest.UnitTest}, what differs from its
 * expectations leaves, in promtool's words.
 */
@NullMarked
package dev.weir.alerting.unittest;

import org.jspecify.annotations.NullMarked;
