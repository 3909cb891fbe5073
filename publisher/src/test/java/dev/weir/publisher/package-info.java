@NullMarked
package dev.weir.publisher;

import org.jspecify.annotations.NullMarked;
