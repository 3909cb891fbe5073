/** Differential tests against promtool, Prometheus' own rule tester. */
@NullMarked
package dev.weir.alerting.promtool;

import org.jspecify.annotations.NullMarked;
