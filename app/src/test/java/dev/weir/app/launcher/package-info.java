/** Tests of the launcher. */
@NullMarked
package dev.weir.app.launcher;

import org.jspecify.annotations.NullMarked;
