/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.promql;

import org.jspecify.annotations.NullMarked;
