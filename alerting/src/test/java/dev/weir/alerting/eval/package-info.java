/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.eval;

import org.jspecify.annotations.NullMarked;
