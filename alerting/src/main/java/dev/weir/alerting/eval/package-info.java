/**
 * Evaluation of expressions over panes: an expression, a tick and a {@link dev.weir.alerting.eval.PaneSource} enter
 * {@link dev.weir.alerting.eval.Evaluator}, labelled samples leave.
 *
 * <p>A tick sees everything before it and nothing at or after it. That is Prometheus 3 evaluating one millisecond before
 * the tick: its range {@code (at - r, at]}, left-open, is {@code [tick - r, tick)} in milliseconds, a whole number of
 * panes.
 */
@NullMarked
package dev.weir.alerting.eval;

import org.jspecify.annotations.NullMarked;
