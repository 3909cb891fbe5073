/** Tests of the package of the same name. */
@NullMarked
package dev.weir.alerting.fingerprint;

import org.jspecify.annotations.NullMarked;
