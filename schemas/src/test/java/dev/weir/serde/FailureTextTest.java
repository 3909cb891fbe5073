package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

final class FailureTextTest {
    @Test
    void messageIsTaken() {
        assertThat(FailureText.of(new IOException("Connection reset"))).isEqualTo("Connection reset");
    }

    @Test
    void typeIsPutInWordsWithoutAMessage() {
        assertThat(FailureText.of(new ConnectException())).isEqualTo("connection refused");
        assertThat(FailureText.of(new ClosedChannelException())).isEqualTo("closed channel");
        assertThat(FailureText.of(new InterruptedException())).isEqualTo("interrupted");
    }

    @Test
    void hostWithoutAnAddressIsNotARefusal() {
        Exception failure = new ConnectException();
        failure.initCause(new UnresolvedAddressException());

        assertThat(FailureText.of(failure)).isEqualTo("unknown host");
    }
}
