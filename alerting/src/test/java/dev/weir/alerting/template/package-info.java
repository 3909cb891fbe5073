/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.template;

import org.jspecify.annotations.NullMarked;
