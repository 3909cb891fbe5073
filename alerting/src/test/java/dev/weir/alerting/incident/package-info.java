/** Tests of incidents. */
@NullMarked
package dev.weir.alerting.incident;

import org.jspecify.annotations.NullMarked;
