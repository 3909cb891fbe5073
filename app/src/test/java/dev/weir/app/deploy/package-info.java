/**
 * The deployment files against the program they deploy: no container runs here, so what they name is checked to exist.
 */
@NullMarked
package dev.weir.app.deploy;

import org.jspecify.annotations.NullMarked;
