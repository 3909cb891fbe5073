/**
 * Weir's configuration: flags, environment and one YAML file enter; typed, checked records leave, or all faults together, each with
 * the place it comes from.
 */
@NullMarked
package dev.weir.app.config;

import org.jspecify.annotations.NullMarked;
