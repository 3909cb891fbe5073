/** The {@code weir} command: arguments enter, an exit status leaves. */
@NullMarked
package dev.weir.app;

import org.jspecify.annotations.NullMarked;
