package dev.weir.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.events.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused when an instrument is made, and what is counted when it is used. */
final class RegistrationTest {
    private final WeirPublisher publisher = WeirPublisher.start(settings().withMaxInstruments(3));

    @AfterEach
    void close() {
        publisher.close(Duration.ZERO);
    }

    @Test
    void nameThatIsNotOfPrometheusIsRefused() {
        refused(() -> publisher.counter("http.requests"))
                .hasMessage("metric is 'http.requests', must match [a-zA-Z_:][a-zA-Z0-9_:]*");
        refused(() -> publisher.counter(" "))
                .hasMessage("metric is ' ' (1 characters), must have 1 to 128 and no control characters");
    }

    @Test
    void labelsThatWeirWouldRefuseAreRefused() {
        refused(() -> publisher.counter("a_total", "route"))
                .hasMessage("labels are 1 texts, must be pairs of name and value");
        refused(() -> publisher.counter("a_total", "a", "1", "a", "2"))
                .hasMessage("label a is given twice, must be given once");
        refused(() -> publisher.counter("a_total", "__name", "1"))
                .hasMessage("label name is '__name', must match [a-zA-Z_][a-zA-Z0-9_]*, not start with __ and have at"
                        + " most 128 characters (a_total)");
        refused(() -> publisher.counter("a_total", "outcome", "SUCCESS"))
                .hasMessage("label name is outcome, which is Weir's own: must be another (a_total)");
        refused(() -> publisher.counter("a_total", "a", "x".repeat(257)))
                .hasMessage("label a has 257 characters, must have at most 256 (a_total)");
        refused(() -> publisher.counter("a_total", "a", "x\0"))
                .hasMessage("label a holds the character NUL, must not (a_total)");
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        refused(() -> settings().withFlushInterval(Duration.ZERO))
                .hasMessage("flushInterval is 'PT0S', must be PT0.01S to PT10M (publisher)");
        refused(() -> settings().withBufferBytes(1)).hasMessage("bufferBytes is '1', must be >= 2097152 (publisher)");
        refused(() -> settings().withBatchSize(10_001))
                .hasMessage("batchSize is '10001', must be 1 to 10000 (publisher)");
        refused(() -> WeirPublisher.start(PublisherSettings.of("127.0.0.1:1", "nowhere", "shop")))
                .hasMessage("schema.registry.url is nowhere, must be http://host:port[/path], https:// or mock://scope"
                        + " (publisher)");
        refused(() -> WeirPublisher.start(settings().withProperties(Map.of("linger.ms", "soon"))))
                .hasMessageContaining("Invalid value soon for configuration linger.ms");
    }

    @Test
    void sameSeriesIsTheSameInstrumentAndNoneOfAnotherType() {
        PublishedCounter first = publisher.counter("a_total", "a", "1", "b", "2");
        assertThat(publisher.counter("a_total", "b", "2", "a", "1")).isSameAs(first);
        refused(() -> publisher.cache("a_total", "a", "1", "b", "2"))
                .hasMessage("a_total{service=\"shop\",a=\"1\",b=\"2\"} is a PublishedCounter already, must not be a"
                        + " PublishedCache");
    }

    @Test
    void oneInstrumentTooManyDropsAndCounts() {
        for (int i = 0; i < 3; i++) {
            publisher.counter("a_total", "user", "u" + i).increment();
        }
        publisher.counter("a_total", "user", "u3").increment();
        publisher.latency("b_seconds").record(Duration.ofMillis(1));
        assertThat(publisher.dropped(DropReason.TOO_MANY_SERIES)).isEqualTo(2);
    }

    @Test
    void valuesThatMeanNothingAreCountedAndNotThrown() {
        Latency latency = publisher.latency("a_seconds");
        latency.record(-1, null);
        latency.record(Duration.ofNanos(-1), Outcome.SUCCESS);
        latency.record(1, null, "x".repeat(65));
        publisher.histogramLatency("b_seconds").record(-5, null);
        PublishedCounter counter = publisher.counter("c_total");
        counter.increment(Double.NaN, null);
        counter.increment(-1, null);
        counter.increment(Double.POSITIVE_INFINITY, null);
        publisher.workerIssue("", "stuck", Severity.ERROR, "message", Map.of());
        publisher.event("x".repeat(300), Map.of());
        assertThat(publisher.dropped(DropReason.INVALID_VALUE)).isEqualTo(6);
        assertThat(publisher.dropped(DropReason.INVALID_TEXT)).isEqualTo(3);
    }

    @Test
    void timedWorkReturnsAndThrowsAsItWouldAlone() throws Exception {
        Latency latency = publisher.latency("a_seconds");
        assertThat(latency.time(() -> "done")).isEqualTo("done");
        Callable<String> failing = () -> {
            throw new IllegalStateException("of the service");
        };
        assertThatThrownBy(() -> latency.time(failing)).hasMessage("of the service");
    }

    private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    private static PublisherSettings settings() {
        return PublisherSettings.of("127.0.0.1:1", "mock://registration", "shop")
                .withFlushInterval(Duration.ofMinutes(10));
    }
}
