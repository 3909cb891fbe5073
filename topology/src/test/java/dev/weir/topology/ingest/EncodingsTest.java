package dev.weir.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.events.MetricKind;
import dev.weir.series.Series;
import dev.weir.sketch.SketchRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EncodingsTest {
    private final Encodings encodings = new Encodings();
    private final Encoding first = add(1);
    private final Encoding second = add(2);

    @Test
    void removedOneIsNotFoundAndFollowedByNothing() {
        come(first, second, first, second, first);
        encodings.remove(first);
        assertThat(encodings.likely()).isNull();
        assertThat(encodings.find(new byte[] {1}, 1)).isNull();
        assertThat(first.likelyNext()).isNull();
        assertThat(encodings.size()).isOne();
    }

    @Test
    void removedOneHasNoFieldsThatAnEventCouldHave() {
        second.seen(1, 10, 12);
        second.prefix(first.identity());
        encodings.remove(second);
        assertThat(second.nameFrom()).isZero();
        assertThat(second.prefix()).isNull();
    }

    private void come(Encoding... order) {
        for (Encoding encoding : order) {
            encodings.cameInstead(encoding);
        }
    }

    private Encoding add(int identity) {
        Series series = Series.of("m", "s", Map.of("a", "" + identity), MetricKind.COUNT, null);
        byte[] bytes = {(byte) identity};
        return encodings.add(bytes, 1, new IngestSeries(series, bytes, 0, SketchRange.of("m", null), false, false));
    }
}
