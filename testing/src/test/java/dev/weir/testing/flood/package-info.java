/** Floods and their truths, held to what a faultless and a faulty stream would publish. */
@NullMarked
package dev.weir.testing.flood;

import org.jspecify.annotations.NullMarked;
