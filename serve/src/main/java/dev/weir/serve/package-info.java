/**
 * What a running Weir says about itself over HTTP.
 *
 * <p>Enters: the health checks of the parts and the meter registry. Leaves: {@code /livez}, {@code /readyz},
 * {@code /metrics} and the Prometheus-shaped {@code /api/v1}.
 */
@NullMarked
package dev.weir.serve;

import org.jspecify.annotations.NullMarked;
