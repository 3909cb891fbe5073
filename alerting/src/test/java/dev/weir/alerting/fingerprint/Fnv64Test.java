package dev.weir.alerting.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class Fnv64Test {
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(40).add(BigInteger.valueOf(0x1b3));
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(64);

    @Test
    void hashIsThatOfTheDefinitionInSixteenDigits() {
        boolean leadingZero = false;
        for (int i = 0; i < 100; i++) {
            String hex = new Fnv64().add("ä" + i).add("").hex();
            assertThat(hex).isEqualTo(String.format("%016x", reference("ä" + i, "")));
            leadingZero |= hex.startsWith("0");
        }
        assertThat(leadingZero).isTrue();
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        assertThat(new Fnv64().add("ab").add("c").hex())
                .isNotEqualTo(new Fnv64().add("a").add("bc").hex());
    }

    private static BigInteger reference(String... texts) {
        BigInteger hash = new BigInteger("14695981039346656037");
        for (String text : texts) {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                hash = step(hash, b & 0xff);
            }
            hash = step(hash, 0xff);
        }
        return hash;
    }

    private static BigInteger step(BigInteger hash, int b) {
        return hash.xor(BigInteger.valueOf(b)).multiply(PRIME).mod(MODULUS);
    }
}
