package dev.weir.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A check together with its outstanding question, if there is one.
 *
 * <p>Those who ask while an answer is outstanding wait for that one, so a hanging part holds one thread however
 * often it is asked about. Safe for use by many threads.
 */
final class AskedCheck {
    private record Question(Instant askedAt, long askedNanos, CompletableFuture<PartHealth> answer) {}

    private final HealthCheck check;
    private final Executor executor;
    private final InstantSource clock;
    private @Nullable Question outstanding;

    AskedCheck(HealthCheck check, Executor executor, InstantSource clock) {
        this.check = check;
        this.executor = executor;
        this.clock = clock;
    }

    /** Puts the question, unless it is outstanding, and returns at once. */
    synchronized void ask() {
        if (outstanding != null && !outstanding.answer().isDone()) {
            return;
        }
        Instant askedAt = clock.instant();
        long askedNanos = System.nanoTime();
        outstanding = new Question(
                askedAt, askedNanos, CompletableFuture.supplyAsync(() -> part(look(), askedAt, askedNanos), executor));
    }

    /** The answer to the last question, or an unhealthy part when there is none after {@code patience}. */
    PartHealth answer(Duration patience) throws InterruptedException {
        Question question = question();
        try {
            return question.answer().get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silence) {
            Health silent = Health.unhealthy("no answer, asked at " + question.askedAt());
            return part(silent, question.askedAt(), question.askedNanos());
        } catch (ExecutionException bug) {
            throw new IllegalStateException("check " + check.name() + " failed outside the check", bug);
        }
    }

    private synchronized Question question() {
        if (outstanding == null) {
            throw new IllegalStateException("check " + check.name() + " was never asked");
        }
        return outstanding;
    }

    // Throwable: a part whose class is missing or whose stack overflows must not hide the others either.
    @SuppressWarnings("CatchingUnchecked")
    private Health look() {
        try {
            return check.check();
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String message = failure.getMessage();
            String kind = failure.getClass().getSimpleName();
            return Health.unhealthy(message == null ? kind : kind + ": " + message);
        }
    }

    private PartHealth part(Health health, Instant askedAt, long askedNanos) {
        return new PartHealth(check.name(), health, Duration.ofNanos(System.nanoTime() - askedNanos), askedAt);
    }
}
