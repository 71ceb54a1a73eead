package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ThreadsTests {

    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    private static Stream<Threads> own() {
        return Stream.of(Threads.own(), Threads.lasting());
    }

    @ParameterizedTest
    @MethodSource("own")
    @DisplayName("C25: a thread of the library's own has its class loader, and no thread locals of who made it")
    void ownThreadsInheritNothing(Threads threads) throws Exception {
        INHERITED.set("of the maker");
        Thread.currentThread().setContextClassLoader(new OtherLoader());
        CompletableFuture<@Nullable String> local = new CompletableFuture<>();
        CompletableFuture<@Nullable ClassLoader> loader = new CompletableFuture<>();

        try {
            start(threads, () -> {
                local.complete(INHERITED.get());
                loader.complete(Thread.currentThread().getContextClassLoader());
            });
        } finally {
            INHERITED.remove();
            Thread.currentThread().setContextClassLoader(ThreadsTests.class.getClassLoader());
        }

        assertThat(Waiting.forResult(local)).isNull();
        assertThat(Waiting.forResult(loader)).isSameAs(Threads.class.getClassLoader());
    }

    private static Thread start(Threads threads, Runnable work) {
        Thread thread = threads.newThread("test", work);
        thread.start();
        return thread;
    }

    @Test
    @DisplayName("C25: a thread that calls somebody's code has the class loader of that code")
    void loaderCanBeChosen() {
        ClassLoader loader = new OtherLoader();

        Thread thread = Threads.own(loader).newThread("listener", () -> {});

        assertThat(thread.getContextClassLoader()).isSameAs(loader);
        assertThat(thread.getName()).isEqualTo("listener");
    }

    @Test
    @DisplayName("C2: the thread of a job has the context class loader and the thread locals of who starts it")
    void jobThreadsInherit() throws Exception {
        ClassLoader loader = new OtherLoader();
        CompletableFuture<@Nullable String> local = new CompletableFuture<>();
        INHERITED.set("of the maker");
        Thread.currentThread().setContextClassLoader(loader);

        Thread thread;
        try {
            thread = start(Threads.platform(), () -> local.complete(INHERITED.get()));
        } finally {
            INHERITED.remove();
            Thread.currentThread().setContextClassLoader(ThreadsTests.class.getClassLoader());
        }

        assertThat(Waiting.forResult(local)).isEqualTo("of the maker");
        assertThat(thread.getContextClassLoader()).isSameAs(loader);
    }

    @Test
    @DisplayName("C16: only lasting threads keep the process alive")
    void onlyLastingThreadsAreNoDaemons() {
        assertThat(Threads.lasting().newThread("test", () -> {}).isDaemon()).isFalse();
        assertThat(Threads.own().newThread("test", () -> {}).isDaemon()).isTrue();
        assertThat(Threads.platform().newThread("test", () -> {}).isDaemon()).isTrue();
    }

    @Test
    @DisplayName("C25: what keeps the process alive does not keep the class loader of who was the first to run a job")
    void keepAliveKeepsNoClassLoader() throws Exception {
        KeepAlive keepAlive = new KeepAlive(Threads.lasting());

        WeakReference<ClassLoader> loader = holdAsStranger(keepAlive);

        Waiting.until(() -> {
            System.gc();
            return loader.get() == null;
        });
        keepAlive.release();
    }

    /** Calls from a class, a thread and a context that a class loader of their own has brought. */
    private static WeakReference<ClassLoader> holdAsStranger(KeepAlive keepAlive) throws Exception {
        OtherLoader loader = new OtherLoader();
        Runnable stranger = (Runnable)
                loader.loadAgain(Stranger.class).getConstructor(KeepAlive.class).newInstance(keepAlive);
        Thread thread = new Thread(stranger);
        thread.setContextClassLoader(loader);
        thread.start();
        thread.join();
        return new WeakReference<>(loader);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    @DisplayName("C16: where the JVM has no virtual threads, asking for them is refused")
    void virtualThreadsAreRefused() {
        assertThatThrownBy(Threads::virtual)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith(
                        "Can't run jobs on virtual threads: they need Java 21 or later, and this is Java ");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C2: virtual threads have the name of their job")
    void virtualThreadsHaveNames() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();

        start(Threads.virtual(), () -> thread.complete(Thread.currentThread().toString()));

        assertThat(Waiting.forResult(thread)).startsWith("VirtualThread[").contains("test");
    }

    /** Somebody whose classes nobody else knows. */
    public static final class Stranger implements Runnable {

        private static final InheritableThreadLocal<Stranger> SELF = new InheritableThreadLocal<>();

        private final KeepAlive keepAlive;

        public Stranger(KeepAlive keepAlive) {
            this.keepAlive = keepAlive;
        }

        @Override
        public void run() {
            SELF.set(this);
            keepAlive.hold();
        }
    }

    private static final class OtherLoader extends ClassLoader {

        private OtherLoader() {
            super(ThreadsTests.class.getClassLoader());
        }

        private Class<?> loadAgain(Class<?> known) throws IOException {
            String file = known.getName().replace('.', '/') + ".class";
            try (InputStream content = Objects.requireNonNull(getResourceAsStream(file))) {
                byte[] bytes = content.readAllBytes();
                return defineClass(known.getName(), bytes, 0, bytes.length);
            }
        }
    }
}
