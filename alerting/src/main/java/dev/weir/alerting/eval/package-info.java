/**
 * Evaluation of expressions over panes: an expression, a tick and a {@link dev.weir.alerting.eval.PaneSource} enter
 * {@link dev.weir.alerting.eval.Evaluator}, labelled samples leave.
 *
 * <p>It gives what Prometheus 2.42 gives of gauges and running totals. A tick sees everything before it and nothing at or after
 * it: that is Prometheus evaluating one millisecond before the tick. Ranges are closed at both ends, as up to Prometheus 3;
 * of panes, only whole ones are read.
 */
@NullMarked
package dev.weir.alerting.eval;

import org.jspecify.annotations.NullMarked;
