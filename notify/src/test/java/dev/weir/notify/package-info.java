/** Tests of the notifier. */
@NullMarked
package dev.weir.notify;

import org.jspecify.annotations.NullMarked;
