/** Rule files on disk: paths and globs enter, files and their faults leave. */
@NullMarked
package dev.weir.app.rule;

import org.jspecify.annotations.NullMarked;
