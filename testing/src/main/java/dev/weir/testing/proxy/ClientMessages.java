package dev.weir.testing.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads what a client of PostgreSQL says (protocol 3, not encrypted), just enough to see a COMMIT: as text of a simple
 * query, or of a prepared statement that is bound, now or later. One thread.
 */
final class ClientMessages {
    // A message is a type byte, its length with the length's own four bytes, and the content. The first ones of a
    // connection have no type; their length begins with a zero byte, which is no type.
    private static final int LENGTH_BYTES = 4;

    /** More than any COMMIT takes; the rest of longer messages is skipped. */
    private static final int KEPT = 256;

    private final Set<String> commitStatements = new HashSet<>();
    private final byte[] kept = new byte[KEPT];
    private char type;
    private int header;
    private int length;
    private int read;
    private boolean typed;

    /** Takes bytes as they come. Returns whether the last part of a COMMIT is among them. */
    boolean endsCommit(byte[] bytes, int count) {
        boolean commit = false;
        for (int i = 0; i < count; i++) {
            commit |= next(bytes[i]);
        }
        return commit;
    }

    private boolean next(byte octet) {
        if (header == 0 && !typed && octet != 0) {
            typed = true;
            type = (char) octet;
            return false;
        }
        if (header < LENGTH_BYTES) {
            length = (length << Byte.SIZE) | (octet & 0xff);
            header++;
        } else {
            if (read < KEPT) {
                kept[read] = octet;
            }
            read++;
        }
        if (header < LENGTH_BYTES || read < length - LENGTH_BYTES) {
            return false;
        }
        boolean commit = typed && isCommit();
        typed = false;
        header = 0;
        length = 0;
        read = 0;
        return commit;
    }

    private boolean isCommit() {
        return switch (type) {
            case 'Q' -> isCommit(text(0));
            case 'P' -> {
                String name = text(0);
                boolean commit = isCommit(text(name.length() + 1));
                if (commit) {
                    commitStatements.add(name);
                } else {
                    commitStatements.remove(name);
                }
                yield false;
            }
            case 'B' -> commitStatements.contains(text(text(0).length() + 1));
            default -> false;
        };
    }

    private static boolean isCommit(String sql) {
        return sql.strip().equalsIgnoreCase("COMMIT");
    }

    /** The zero-terminated text that begins here, or what is kept of it. */
    private String text(int from) {
        int end = Math.min(read, KEPT);
        int zero = Math.min(from, end);
        while (zero < end && kept[zero] != 0) {
            zero++;
        }
        return new String(Arrays.copyOfRange(kept, Math.min(from, zero), zero), StandardCharsets.ISO_8859_1);
    }
}
