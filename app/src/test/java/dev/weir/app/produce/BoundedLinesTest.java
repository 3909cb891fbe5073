package dev.weir.app.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class BoundedLinesTest {
    @Test
    void linesEndInLfOrCrlfAndTheLastInNothing() throws Exception {
        assertThat(lines("a\r\n\nb\nc", 10)).containsExactly("a", "", "b", "c");
    }

    @Test
    void nothingHasNoLine() throws Exception {
        assertThat(lines("", 10)).isEmpty();
    }

    @Test
    void lineAtTheBoundIsReadAndALongerOneIsRefusedWithoutLosingTheNext() throws Exception {
        BoundedLines lines = new BoundedLines(in("1234\n12345\n1234\r\n123456789\nend"), 4);
        assertThat(lines.next()).isTrue();
        assertThat(lines.bytes()).hasSize(4);
        for (long number : List.of(2L, 4L)) {
            while (lines.number() < number) {
                lines.next();
            }
            assertThatThrownBy(lines::bytes)
                    .isInstanceOf(InvalidLineException.class)
                    .hasMessage("the line is too long, must be at most 4 bytes");
        }
        assertThat(lines.next()).isTrue();
        assertThat(lines.bytes()).isEqualTo(bytes("end"));
        assertThat(lines.next()).isFalse();
    }

    @Test
    void gzipIsUnpackedByItsFirstBytesAndAnythingElseIsLeftAlone() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes("hello"));
        }
        assertThat(EventFile.unpacked(new ByteArrayInputStream(packed.toByteArray())))
                .hasBinaryContent(bytes("hello"));
        assertThat(EventFile.unpacked(in("hello"))).hasBinaryContent(bytes("hello"));
        assertThat(EventFile.unpacked(in("h"))).hasBinaryContent(bytes("h"));
        assertThat(EventFile.unpacked(in(""))).isEmpty();
    }

    private static List<String> lines(String text, int most) throws Exception {
        BoundedLines lines = new BoundedLines(in(text), most);
        List<String> found = new ArrayList<>();
        while (lines.next()) {
            found.add(new String(lines.bytes(), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
