@NullMarked
package dev.weir.app.store;

import org.jspecify.annotations.NullMarked;
