/** Tests of the embedded broker. */
@NullMarked
package dev.weir.testing.kafka;

import org.jspecify.annotations.NullMarked;
