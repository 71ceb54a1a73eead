package io.github.graceful4j.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailboxTests {

    private static final long LINGER_MILLIS = 200;

    private final ManualTicker ticker = new ManualTicker();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Mailbox mailbox = new Mailbox("test-mailbox", null, () -> 0, failures::add);

    private Thread deliveringThread() throws InterruptedException {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        mailbox.postAlways(() -> thread.complete(Thread.currentThread()));
        return Waiting.forResult(thread);
    }

    @Test
    @DisplayName("C18: what follows soon is delivered on the same thread, and what comes after a rest on a new one")
    void threadLingers() throws Exception {
        boolean lingered = false;
        Thread first = deliveringThread();
        // On a busy machine, the rest may be over before anybody looks.
        for (int attempt = 0; attempt < 20 && !lingered; attempt++) {
            first = deliveringThread();
            Thread delivering = first;
            Waiting.until(() -> !delivering.isAlive() || delivering.getState() == Thread.State.TIMED_WAITING);
            lingered = deliveringThread().equals(delivering);
        }
        assertThat(lingered).isTrue();
        Thread rested = first;
        Waiting.until(() -> !rested.isAlive());

        Thread second = deliveringThread();

        assertThat(second).isNotSameAs(rested);
        assertThat(second.getName()).isEqualTo("test-mailbox");
        assertThat(second.getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
    }

    @Test
    @DisplayName("C18: once there is not much more to come, the thread does not linger")
    void closedMailboxDoesNotLinger() throws Exception {
        boolean hasLingered = true;
        for (int attempt = 0; attempt < 10 && hasLingered; attempt++) {
            Mailbox closing = new Mailbox("test-closing", null, () -> 0, failures::add);
            CompletableFuture<Thread> delivered = new CompletableFuture<>();
            closing.postAlways(() -> delivered.complete(Thread.currentThread()));
            Thread thread = Waiting.forResult(delivered);
            Waiting.until(() -> thread.getState() == Thread.State.TIMED_WAITING || !thread.isAlive());
            long began = System.nanoTime();
            closing.close();
            thread.join();
            // On a busy machine, it may take that long for another reason.
            hasLingered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) >= LINGER_MILLIS / 2;
        }

        assertThat(hasLingered).isFalse();
    }

    @Test
    @DisplayName("C18: a marker is reached after all that was posted before it, whatever that throws")
    void markerIsReachedInItsTurn() throws Exception {
        assertThat(mailbox.marker().isReached()).isTrue();
        CountDownLatch mayEnd = new CountDownLatch(1);
        IllegalStateException thrown = new IllegalStateException("test");
        mailbox.post(() -> {
            await(mayEnd);
            throw thrown;
        });

        Marker marker = mailbox.marker();

        assertThat(marker.isReached()).isFalse();
        assertThat(marker.await(Deadline.after(Duration.ZERO, ticker))).isFalse();
        mayEnd.countDown();
        assertThat(marker.await(Deadline.never(Ticker.system()))).isTrue();
        assertThat(failures).containsExactly(thrown);
    }

    @Test
    @DisplayName("C18: an interrupt does not end the wait for a marker, and is kept for whoever comes next")
    void interruptIsKept() throws Exception {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        CompletableFuture<Marker> made = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            Marker marker = new Marker();
            made.complete(marker);
            boolean isReached = marker.await(Deadline.after(Duration.ofSeconds(1), ticker));
            reached.complete(isReached && Thread.currentThread().isInterrupted());
        });
        waiter.start();
        Marker marker = Waiting.forResult(made);
        ticker.awaitParked(Duration.ofSeconds(1));

        waiter.interrupt();
        Waiting.until(() -> !waiter.isInterrupted());
        assertThat(reached).isNotDone();
        marker.run();

        assertThat(Waiting.forResult(reached)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            Waiting.forLatch(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
