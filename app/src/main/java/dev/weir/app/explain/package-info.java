/**
 * What {@code weir explain} prints: rule groups and the series that are known enter, text leaves that says what each rule
 * reads, how it can be divided and what it keeps.
 */
@NullMarked
package dev.weir.app.explain;

import org.jspecify.annotations.NullMarked;
