/** The arrows between modules and packages, enforced. */
@NullMarked
package dev.weir.app.architecture;

import org.jspecify.annotations.NullMarked;
