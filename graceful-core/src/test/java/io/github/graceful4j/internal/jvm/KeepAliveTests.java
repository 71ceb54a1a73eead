package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.Waiting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeepAliveTests {

    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private volatile Threads threads = Threads.own();
    private final KeepAlive keepAlive = new KeepAlive((name, work) -> {
        Thread thread = threads.newThread(name, work);
        made.add(thread);
        return thread;
    });

    @Test
    @DisplayName("C16: one thread lasts from the first hold to the last release, and a new one from the next hold on")
    void oneThreadWhileHeld() {
        keepAlive.hold();
        keepAlive.hold();
        keepAlive.release();

        assertThat(made).hasSize(1).allMatch(Thread::isAlive);
        keepAlive.release();
        Waiting.until(() -> !made.get(0).isAlive());
        keepAlive.hold();
        assertThat(made).hasSize(2);
        assertThat(made.get(1).isAlive()).isTrue();
        keepAlive.release();
        Waiting.until(() -> !made.get(1).isAlive());
    }

    @Test
    @DisplayName("C16: a hold for which there is no thread holds nothing, and the next one is a first one again")
    void failedHoldHoldsNothing() {
        threads = NoThreads.AT_ALL;
        assertThatThrownBy(keepAlive::hold).isInstanceOf(OutOfMemoryError.class);
        threads = Threads.own();

        keepAlive.hold();
        keepAlive.release();

        assertThat(made).hasSize(2);
        Waiting.until(() -> !made.get(1).isAlive());
    }

    @Test
    @DisplayName("C16: an interrupt does not end what keeps the process alive")
    void interruptEndsNothing() {
        keepAlive.hold();

        made.get(0).interrupt();
        Waiting.until(() -> !made.get(0).isInterrupted());

        assertThat(made.get(0).isAlive()).isTrue();
        keepAlive.release();
        Waiting.until(() -> !made.get(0).isAlive());
    }
}
