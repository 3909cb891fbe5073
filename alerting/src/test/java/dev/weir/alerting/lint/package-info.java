/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.lint;

import org.jspecify.annotations.NullMarked;
