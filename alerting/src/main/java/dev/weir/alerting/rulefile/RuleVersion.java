package dev.weir.alerting.rulefile;

import dev.weir.alerting.fingerprint.Fnv64;

/** Version of a rule: a hash over everything written in it, each part closed by a byte that no text holds. */
final class RuleVersion {
    private RuleVersion() {}

    static String of(Object... parts) {
        Fnv64 hash = new Fnv64();
        for (Object part : parts) {
            hash.add(part.toString());
        }
        return hash.hex();
    }
}
