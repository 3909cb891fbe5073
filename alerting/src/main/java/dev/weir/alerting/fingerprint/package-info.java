/** Short identities: texts enter {@link dev.weir.alerting.fingerprint.Fnv64}, 16 hex digits leave. */
@NullMarked
package dev.weir.alerting.fingerprint;

import org.jspecify.annotations.NullMarked;
