package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DumpTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream target = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    @DisplayName("C17: when the dump returns, the text is out")
    void textIsOut() {
        new Dump(() -> target, Threads.own()).print(stream -> stream.print("text"));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("text");
    }

    @Test
    @DisplayName("C17: a stream that hangs holds up the end of the process for half a second, and no longer")
    void hangingStreamHoldsUpNotForLong() {
        CountDownLatch never = new CountDownLatch(1);
        long before = System.nanoTime();

        new Dump(() -> target, Threads.own()).print(stream -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
        never.countDown();
    }

    @Test
    @DisplayName("C17: what is thrown while printing does not hold up the end of the process")
    void failureHoldsUpNothing() {
        new Dump(() -> target, Threads.own()).print(stream -> {
            stream.print("begun");
            throw new IllegalStateException("test");
        });

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("begun");
    }

    @Test
    @DisplayName("C17: without a thread to print on, nothing is printed and nothing waits")
    void withoutThreadNothingIsPrinted() {
        new Dump(() -> target, NoThreads.AT_ALL).print(stream -> stream.print("text"));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    @DisplayName("C17: an interrupt is kept for whoever comes next")
    void interruptIsKept() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        new Dump(() -> target, Threads.own()).print(stream -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }

    @Test
    @DisplayName("C17: what is printed fast does not hold up the end of the process for half a second")
    void returnsWhenItIsOut() {
        Dump dump = new Dump(() -> target, Threads.own());
        Duration fastest = Duration.ofSeconds(1);
        // On a busy machine, it may take that long for another reason.
        for (int attempt = 0; attempt < 5 && fastest.toMillis() >= 500; attempt++) {
            long before = System.nanoTime();
            dump.print(stream -> stream.print("text"));
            fastest = Duration.ofNanos(System.nanoTime() - before);
        }

        assertThat(fastest).isLessThan(Duration.ofMillis(500));
    }
}
