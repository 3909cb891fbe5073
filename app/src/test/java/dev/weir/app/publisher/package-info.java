@NullMarked
package dev.weir.app.publisher;

import org.jspecify.annotations.NullMarked;
