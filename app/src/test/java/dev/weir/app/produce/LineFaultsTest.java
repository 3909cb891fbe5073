package dev.weir.app.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class LineFaultsTest {
    @Test
    void onlyTheFirstAreShownAndAllAreCounted() {
        StringWriter text = new StringWriter();
        LineFaults faults = new LineFaults("f", new PrintWriter(text, true));
        for (int line = 1; line <= 1_000; line++) {
            faults.add(line, new InvalidLineException(3, "is wrong"));
        }
        assertThat(text.toString().lines())
                .hasSize(LineFaults.SHOWN + 1)
                .startsWith("f:1:3: is wrong")
                .endsWith("further bad lines are only counted");
        assertThat(faults.summary()).isEqualTo(", 1000 bad lines skipped");
    }
}
