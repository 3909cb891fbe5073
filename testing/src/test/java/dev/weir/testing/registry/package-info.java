/** One contract for the registries the serde works with: the embedded one and a live Apicurio. */
@NullMarked
package dev.weir.testing.registry;

import org.jspecify.annotations.NullMarked;
