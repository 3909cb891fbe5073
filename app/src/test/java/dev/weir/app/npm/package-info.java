/** Packages of npm that tests need: a name and version enter, an installed folder below {@code target} leaves. */
@NullMarked
package dev.weir.app.npm;

import org.jspecify.annotations.NullMarked;
