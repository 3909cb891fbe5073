package dev.weir.alerting.fingerprint;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * FNV-1a hash of 64 bits over a sequence of texts: the UTF-8 bytes of each, then the byte 0xFF, which UTF-8 never holds,
 * so {@code ab, c} and {@code a, bc} differ. Constants from Fowler, Noll, Vo (RFC 9923). It names things; it does not
 * resist an attacker.
 */
public final class Fnv64 {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    private long hash = OFFSET_BASIS;

    /** Adds one text. */
    public Fnv64 add(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            addByte(b & 0xff);
        }
        addByte(SEPARATOR);
        return this;
    }

    /** The hash as 16 hex digits. */
    public String hex() {
        return HexFormat.of().toHexDigits(hash);
    }

    private void addByte(int b) {
        hash = (hash ^ b) * PRIME;
    }
}
