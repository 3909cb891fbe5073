/** The runbooks beside the alerts that link them. */
@NullMarked
package dev.weir.app.runbook;

import org.jspecify.annotations.NullMarked;
