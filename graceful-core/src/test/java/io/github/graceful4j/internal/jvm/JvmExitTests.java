package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JvmExitTests {

    private final RecordingHooks hooks = new RecordingHooks();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<Thread> watchers = new CopyOnWriteArrayList<>();
    private final CountDownLatch exited = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final JvmExit exit = new JvmExit(hooks, new Host(exited::countDown, looks::incrementAndGet, notes::add));

    @AfterEach
    void end() {
        exit.end();
    }

    private record Host(Runnable shutDown, Runnable look, Consumer<String> notes) implements JvmExit.Host {

        @Override
        public void run() {
            shutDown.run();
        }

        @Override
        public void endJobsThatExit() {
            look.run();
        }

        @Override
        public void note(String line) {
            notes.accept(line);
        }
    }

    private void watch(JvmExit watching) {
        watching.watch((name, work) -> {
            Thread thread = Threads.own().newThread(name, work);
            watchers.add(thread);
            return thread;
        });
    }

    @Test
    @DisplayName("C17: the exit of the JVM shuts the manager down")
    void exitShutsDown() throws Exception {
        exit.install();

        hooks.exit();

        Waiting.forLatch(exited);
        assertThat(notes).isEmpty();
    }

    @Test
    @DisplayName("C17: at the end of the shutdown, the hook is gone and the thread that watches ends")
    void endLeavesNothing() {
        exit.install();
        watch(exit);
        assertThat(hooks.hooks).hasSize(1);

        exit.end();

        assertThat(hooks.hooks).isEmpty();
        Waiting.until(() -> !watchers.get(0).isAlive());
        assertThat(notes).isEmpty();
        assertThat(looks).hasValue(0);
    }

    @Test
    @DisplayName("C17: when the JVM is exiting already, there is no hook, and none is removed at the end")
    void exitingJvmTakesNoHook() {
        hooks.exit();

        exit.install();
        exit.end();

        assertThat(hooks.hooks).isEmpty();
        assertThat(notes).containsExactly("The JVM is exiting already, so the manager is not told of it");
    }

    @Test
    @DisplayName("C17: a shutdown that ends while the JVM is exiting leaves its hook to the JVM")
    void exitingJvmKeepsTheHook() {
        exit.install();
        hooks.exit();

        exit.end();

        assertThat(notes).containsExactly("The JVM is exiting, so its hook stays");
    }

    @Test
    @DisplayName("C3: jobs that call System.exit are looked for again and again, once the JVM is exiting")
    void looksAgainAndAgain() {
        watch(exit);
        hooks.exit();

        Waiting.until(() -> looks.get() >= 3);

        exit.end();
        Waiting.until(() -> !watchers.get(0).isAlive());
    }

    @Test
    @DisplayName("C23: neither what a look throws nor a late interrupt of a job ends the watch")
    void nothingEndsTheWatch() {
        JvmExit failing = new JvmExit(
                hooks,
                new Host(
                        () -> {},
                        () -> {
                            looks.incrementAndGet();
                            throw new AssertionError("test");
                        },
                        notes::add));
        hooks.exit();
        watch(failing);

        watchers.get(0).interrupt();
        Waiting.until(() -> looks.get() >= 2);

        assertThat(notes).contains("Looking for jobs that call System.exit failed: java.lang.AssertionError");
        failing.end();
        Waiting.until(() -> !watchers.get(0).isAlive());
    }

    @Test
    @DisplayName("C3: nobody looks for jobs that call System.exit as long as the JVM is not exiting")
    void looksOnlyWhileExiting() throws Exception {
        JvmHooks watched = new JvmHooks() {
            @Override
            public void add(Thread hook) {
                hooks.add(hook);
                exited.countDown();
            }

            @Override
            public void remove(Thread hook) {
                hooks.remove(hook);
            }
        };
        JvmExit other = new JvmExit(watched, new Host(() -> {}, looks::incrementAndGet, notes::add));
        other.watch();

        Waiting.forLatch(exited);
        other.end();
        Waiting.until(hooks.hooks::isEmpty);

        assertThat(looks).hasValue(0);
    }

    @Test
    @DisplayName("C3: without a thread to watch on, the shutdown goes on, and it is said")
    void withoutThreadNobodyWatches() {
        exit.watch(NoThreads.AT_ALL);

        assertThat(notes).containsExactly("Can't watch for jobs that call System.exit: the JVM is out of threads");
        assertThat(exit.runOnSpare(() -> {})).isFalse();
    }

    @Test
    @DisplayName("C9: what can get no thread of its own runs on the one that watches, one after the other")
    void spareThreadRunsWork() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Thread> first = new CompletableFuture<>();
        watch(exit);

        assertThat(exit.runOnSpare(() -> {
                    first.complete(Thread.currentThread());
                    await(mayEnd);
                }))
                .isTrue();

        assertThat(Waiting.forResult(first)).isSameAs(watchers.get(0));
        CompletableFuture<Thread> second = new CompletableFuture<>();
        assertThat(exit.runOnSpare(() -> second.complete(Thread.currentThread())))
                .isTrue();
        assertThat(second).isNotDone();
        mayEnd.countDown();
        assertThat(Waiting.forResult(second)).isSameAs(watchers.get(0));
    }

    private static void await(CountDownLatch latch) {
        try {
            Waiting.forLatch(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("C9: work on the spare thread leaves it as it was, whatever the work throws and does to the thread")
    void spareThreadIsCleaned() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
        watch(exit);
        exit.runOnSpare(() -> {
            Thread.currentThread().interrupt();
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            throw new AssertionError("test");
        });

        Waiting.until(() -> exit.runOnSpare(() -> {
            interrupted.complete(Thread.currentThread().isInterrupted());
            loader.complete(Thread.currentThread().getContextClassLoader());
        }));

        assertThat(Waiting.forResult(interrupted)).isFalse();
        assertThat(Waiting.forResult(loader)).isSameAs(JvmExit.class.getClassLoader());
        assertThat(notes).containsExactly("Work on the spare thread failed: java.lang.AssertionError");
    }

    @Test
    @DisplayName("C9: work that was taken is done even if the shutdown ends at that moment; then no more is taken")
    void takenWorkIsDone() throws Exception {
        for (int round = 0; round < 100; round++) {
            JvmExit ending = new JvmExit(hooks, new Host(() -> {}, () -> {}, notes::add));
            CountDownLatch done = new CountDownLatch(1);
            ending.watch();

            assertThat(ending.runOnSpare(done::countDown)).isTrue();
            ending.end();

            Waiting.forLatch(done);
            assertThat(ending.runOnSpare(() -> {})).isFalse();
        }
    }

    @Test
    @DisplayName("C9: before there is anything to watch, there is no spare thread")
    void noSpareThreadBeforehand() {
        assertThat(exit.runOnSpare(() -> {})).isFalse();
    }

    @Test
    @DisplayName("C17: the thread that watches ends with the shutdown at once, however long it would have rested")
    void endDoesNotWaitForTheNextLook() throws Exception {
        Duration look = Duration.ofMillis(400);
        JvmExit slow = new JvmExit(hooks, new Host(() -> {}, () -> take(look), notes::add));
        hooks.exit();
        watch(slow);
        Waiting.until(() -> watchers.get(0).getState() == Thread.State.TIMED_WAITING && looks.get() == 1);
        long before = System.nanoTime();

        slow.end();
        watchers.get(0).join();

        // A look that took that long is followed by a rest of ten times as long.
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(look.multipliedBy(8));
    }

    private void take(Duration time) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            Thread.onSpinWait();
        }
        looks.incrementAndGet();
    }
}
