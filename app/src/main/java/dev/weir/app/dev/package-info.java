/** Everything embedded on one machine: a directory and four ports enter, a running Weir leaves. */
@NullMarked
package dev.weir.app.dev;

import org.jspecify.annotations.NullMarked;
