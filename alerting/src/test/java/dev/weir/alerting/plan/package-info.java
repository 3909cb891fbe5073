/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.plan;

import org.jspecify.annotations.NullMarked;
