/** Growing byte arrays and variable-length integers: the bytes of internal topics and stores, written without allocation. */
@NullMarked
package dev.weir.wire;

import org.jspecify.annotations.NullMarked;
