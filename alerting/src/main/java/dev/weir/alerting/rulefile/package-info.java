/**
 * Rule files in Prometheus' format: YAML text enters {@link dev.weir.alerting.rulefile.RuleFile#parse}, groups of
 * checked rules leave, or all faults of the file together, each with file, line and column.
 */
@NullMarked
package dev.weir.alerting.rulefile;

import org.jspecify.annotations.NullMarked;
