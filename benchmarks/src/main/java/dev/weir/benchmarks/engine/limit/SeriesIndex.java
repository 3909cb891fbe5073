package dev.weir.benchmarks.engine.limit;

import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers the series by the bytes they are written with: open addressing, full comparison. One thread. */
public final class SeriesIndex {
    private static final int INITIAL_CAPACITY = 1 << 12;

    private long[] hashes = new long[INITIAL_CAPACITY];
    private int[] numbers = empty(INITIAL_CAPACITY);
    private final List<byte[]> bytes = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();
    private final List<SketchRange> ranges = new ArrayList<>();

    /** The number of the series under the cursor, a new one if it has not been seen. */
    public int numberOf(EventBytes event) {
        long hash = event.seriesHash();
        int mask = numbers.length - 1;
        int slot = (int) (hash ^ (hash >>> 29)) & mask;
        while (numbers[slot] >= 0) {
            if (hashes[slot] == hash && event.sameSeries(bytes.get(numbers[slot]))) {
                return numbers[slot];
            }
            slot = (slot + 1) & mask;
        }
        return add(event, hash, slot);
    }

    public Series series(int number) {
        return series.get(number);
    }

    public SketchRange range(int number) {
        return ranges.get(number);
    }

    public int size() {
        return series.size();
    }

    private int add(EventBytes event, long hash, int slot) {
        int number = series.size();
        Series added = event.series();
        series.add(added);
        ranges.add(SketchRange.of(added.metric(), added.unit()));
        bytes.add(event.seriesBytes());
        hashes[slot] = hash;
        numbers[slot] = number;
        if (2 * series.size() > numbers.length) {
            grow();
        }
        return number;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[2 * oldHashes.length];
        numbers = empty(2 * oldNumbers.length);
        int mask = numbers.length - 1;
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] >= 0) {
                int slot = (int) (oldHashes[i] ^ (oldHashes[i] >>> 29)) & mask;
                while (numbers[slot] >= 0) {
                    slot = (slot + 1) & mask;
                }
                hashes[slot] = oldHashes[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int[] empty(int capacity) {
        int[] numbers = new int[capacity];
        Arrays.fill(numbers, -1);
        return numbers;
    }
}
