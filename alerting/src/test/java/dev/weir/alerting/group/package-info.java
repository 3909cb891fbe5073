/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.group;

import org.jspecify.annotations.NullMarked;
