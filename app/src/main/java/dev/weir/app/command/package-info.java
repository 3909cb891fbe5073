/**
 * The commands of {@code weir}, one class a command: options enter, an exit status leaves.
 *
 * <p>Command classes name no class of Kafka, Jackson or a database in their fields and signatures: picocli looks at all of them for
 * {@code --help}, which must not load those libraries.
 */
@NullMarked
package dev.weir.app.command;

import org.jspecify.annotations.NullMarked;
