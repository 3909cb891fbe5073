package dev.weir.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class EngineOptionsTest {
    @Test
    void quickIsAPlanThatOtherOptionsChange() {
        EngineOptions options = EngineOptions.parse(
                new String[] {"--events", "5000", "--quick", "--json", "out.json", "--systems", "weir,limit"});

        assertThat(options.plan().eventsOf100k()).isEqualTo(5_000);
        assertThat(options.plan().budget()).isEqualTo(BenchmarkPlan.QUICK.budget());
        assertThat(options.systems()).containsExactly("limit", "weir");
        assertThat(options.json()).contains(Path.of("out.json"));
    }

    @Test
    void recoveryReadsMoreUnlessToldOtherwise() {
        assertThat(EngineOptions.parse(new String[] {"--recovery"}).plan().eventsOf100k())
                .isEqualTo(24_000_000);
        assertThat(EngineOptions.parse(new String[] {"--events", "7", "--recovery"})
                        .plan()
                        .eventsOf100k())
                .isEqualTo(7);
    }

    @Test
    void unknownOptionsAndSystemsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineOptions.parse(new String[] {"--fast"}))
                .withMessageContaining("usage");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineOptions.parse(new String[] {"--systems", "spark"}))
                .withMessageContaining("spark");
        assertThatIllegalArgumentException().isThrownBy(() -> EngineOptions.parse(new String[] {"--json"}));
    }
}
