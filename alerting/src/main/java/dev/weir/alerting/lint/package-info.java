/**
 * Rules that load but do not do what they seem to: a rule file without faults enters {@link dev.weir.alerting.lint.Lint},
 * findings leave, each with its place, what is odd, why, and what to write instead. Nothing is rewritten.
 */
@NullMarked
package dev.weir.alerting.lint;

import org.jspecify.annotations.NullMarked;
