/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.unittest;

import org.jspecify.annotations.NullMarked;
