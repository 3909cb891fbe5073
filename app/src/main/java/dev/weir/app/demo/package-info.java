/**
 * The demo: traffic of five systems and an incident through an embedded Weir, every result checked. Enters: a seed and a
 * duration. Leaves: lines for a person, one JSON object for a program.
 */
@NullMarked
package dev.weir.app.demo;

import org.jspecify.annotations.NullMarked;
