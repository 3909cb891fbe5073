/**
 * The offline recomputation that Weir's results are held to: every event that was sent enters, a comparison with what was
 * published or stored leaves. It shares no arithmetic with the product: sums are exact decimals, percentiles are taken from
 * the sorted values, sketches are read and refilled by stock HdrHistogram.
 */
@NullMarked
package dev.weir.testing.oracle;

import org.jspecify.annotations.NullMarked;
