package dev.weir.topology.shuffle;

/**
 * The bytes of an input record as a rejected event shows them.
 *
 * @param size length of the value, or -1 if it was null
 * @param bytes the first bytes, as many as the bound allows
 */
public record Original(int size, byte[] bytes) {}
