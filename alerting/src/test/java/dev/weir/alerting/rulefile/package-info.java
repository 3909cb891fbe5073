/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.rulefile;

import org.jspecify.annotations.NullMarked;
