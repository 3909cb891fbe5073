@NullMarked
package dev.weir.sink.schema;

import org.jspecify.annotations.NullMarked;
