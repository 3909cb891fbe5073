/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.lifecycle;

import org.jspecify.annotations.NullMarked;
