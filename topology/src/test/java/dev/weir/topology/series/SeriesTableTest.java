package dev.weir.topology.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeriesTableTest {
    private final SeriesTable<String> table = new SeriesTable<>();

    @Test
    void findsNothingWhileEmpty() {
        assertThat(table.find(bytes("a"), 0, 1)).isNull();
        assertThat(table.find(bytes(""), 0, 0)).isNull();
        assertThat(table.remove(bytes("a"))).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void findsByARangeOfALargerArray() {
        table.put(bytes("http_requests_total"), "one");
        byte[] message = bytes("..http_requests_total..");
        assertThat(table.find(message, 2, message.length - 2)).isEqualTo("one");
        assertThat(table.find(message, 2, message.length - 3)).isNull();
        assertThat(table.find(message, 1, message.length - 2)).isNull();
    }

    @Test
    void emptyKeyIsAKey() {
        table.put(bytes(""), "empty");
        assertThat(table.find(bytes("abc"), 2, 2)).isEqualTo("empty");
    }

    @Test
    void putReplaces() {
        table.put(bytes("a"), "one");
        table.put(bytes("a"), "two");
        assertThat(table.size()).isOne();
        assertThat(table.find(bytes("a"), 0, 1)).isEqualTo("two");
    }

    @Test
    void keysThatDifferInOneByteAreDifferent() {
        for (int length = 1; length <= 40; length++) {
            byte[] key = new byte[length];
            table.put(key.clone(), "zero");
            for (int i = 0; i < length; i++) {
                key[i] = 1;
                assertThat(table.find(key, 0, length))
                        .as("length %s, byte %s", length, i)
                        .isNull();
                key[i] = 0;
            }
        }
        assertThat(table.size()).isEqualTo(40);
    }

    @Test
    void isAMapThroughRandomChanges() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, String> expected = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            String key = "k".repeat(random.nextInt(12)) + random.nextInt(500);
            switch (random.nextInt(4)) {
                case 0 -> {
                    assertThat(table.remove(bytes(key)))
                            .as("seed %s, step %s", seed, step)
                            .isEqualTo(expected.remove(key) != null);
                }
                case 1 -> {
                    table.put(bytes(key), key + step);
                    expected.put(key, key + step);
                }
                default -> {
                    byte[] bytes = bytes(key);
                    assertThat(table.find(bytes, 0, bytes.length))
                            .as("seed %s, step %s", seed, step)
                            .isEqualTo(expected.get(key));
                }
            }
        }
        assertThat(values()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected.values());
        int removed = table.removeIf(value -> value.hashCode() % 2 == 0);
        int before = expected.size();
        expected.values().removeIf(value -> value.hashCode() % 2 == 0);
        assertThat(removed).isEqualTo(before - expected.size());
        assertThat(values()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected.values());
        expected.forEach((key, value) ->
                assertThat(table.find(bytes(key), 0, bytes(key).length)).isEqualTo(value));
    }

    @Test
    void removeIfAsksAboutEveryEntryAndLeavesTheRest() {
        for (int i = 0; i < 10_000; i++) {
            table.put(bytes("series-" + i), "" + i);
        }
        assertThat(table.removeIf(value -> !value.endsWith("7"))).isEqualTo(9_000);
        assertThat(table.size()).isEqualTo(1_000);
        assertThat(values()).allMatch(value -> value.endsWith("7")).hasSize(1_000);
    }

    @Test
    void clearForgetsEverything() {
        table.put(bytes("a"), "one");
        table.clear();
        assertThat(table.size()).isZero();
        assertThat(table.find(bytes("a"), 0, 1)).isNull();
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        table.forEach(values::add);
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
