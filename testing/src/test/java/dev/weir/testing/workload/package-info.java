/** Tests of the generated traffic: enters nothing, leaves nothing. */
@NullMarked
package dev.weir.testing.workload;

import org.jspecify.annotations.NullMarked;
