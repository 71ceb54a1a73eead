package io.github.graceful4j.internal.jvm;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Installs signal handlers through {@code sun.misc.Signal}, which the module {@code jdk.unsupported} of OpenJDK has and
 * Java SE does not promise; hence by reflection.
 *
 * <p>Thread-safe: {@code defaulting} keeps those apart that put back for a moment what the operating system does.
 */
@SuppressWarnings("ReferenceEquality") // a handler is what was installed, not what says that it equals it
final class SystemSignals implements Signals {

    static final SystemSignals INSTANCE = new SystemSignals();

    /** What suspends a process whatever handles signals there. */
    private static final String SUSPENDING = "STOP";

    private static final long SECONDS_TO_SEND = 10;

    /** The system gives a signal to any thread of the process, which may take a moment to run; until then it waits. */
    private static final long MILLIS_TO_ARRIVE = 100;

    private final ReentrantLock defaulting = new ReentrantLock();

    private SystemSignals() {}

    @Override
    public Runnable install(String name, Handler handler) {
        try {
            SunSignal signal = SunSignal.of(name);
            Adapter adapter = new Adapter(this, signal, handler);
            adapter.arrival(); // so that its class is there when a signal comes
            adapter.previous.complete(signal.handleWith(adapter.proxy));
            return () -> putBack(adapter);
        } catch (ReflectiveOperationException | LinkageError | IllegalArgumentException e) {
            // With -Xrs, and for signals that the JVM uses itself, it is an IllegalArgumentException.
            throw new UnsupportedOperationException("Can't handle SIG" + name + ": " + e.getMessage(), e);
        }
    }

    /** Puts the previous handler back, unless somebody else has installed one since, who would lose it. */
    private static void putBack(Adapter adapter) {
        adapter.isPutBack = true;
        try {
            Object current = adapter.signal.handleWith(adapter.previous.join());
            if (current != adapter.proxy) {
                adapter.signal.handleWith(current);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new UnsupportedOperationException("Can't put back what handled the signal before", e);
        }
    }

    /**
     * Has the operating system do what it does with a signal, and returns when it has. Java raises no signal that
     * nobody handles, so a shell has to; it is the shell of POSIX, as not every system has {@code kill} as a program.
     */
    private void sendToDefault(SunSignal signal, Object systemHandler) throws ReflectiveOperationException {
        defaulting.lock();
        try {
            Object current = signal.handleWith(systemHandler);
            try {
                SunSignal.send(signal.name());
            } finally {
                handleAgainWith(current, signal, systemHandler);
            }
        } finally {
            defaulting.unlock();
        }
    }

    private static void handleAgainWith(Object handler, SunSignal signal, Object systemHandler)
            throws ReflectiveOperationException {
        Object since = signal.handleWith(handler);
        if (since != systemHandler) {
            signal.handleWith(since);
        } else if (Adapter.of(handler) instanceof Adapter adapter && adapter.isPutBack) {
            putBack(adapter);
        }
    }

    /** A {@code sun.misc.Signal}, and what can be done with one. */
    private record SunSignal(String name, Object signal, Class<?> handlerType, Method handle) {

        static SunSignal of(String name) throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            try {
                Object signal = type.getConstructor(String.class).newInstance(name);
                return new SunSignal(name, signal, handlerType, type.getMethod("handle", type, handlerType));
            } catch (InvocationTargetException e) {
                throw unwrap(e);
            }
        }

        int number() {
            try {
                return (int) signal.getClass().getMethod("getNumber").invoke(signal);
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("Can't ask for the number of the signal", e);
            }
        }

        /** Installs a handler, and returns the one before. */
        Object handleWith(Object handler) throws ReflectiveOperationException {
            try {
                return handle.invoke(null, signal, handler);
            } catch (InvocationTargetException e) {
                throw unwrap(e);
            }
        }

        void handOnTo(Object handler) throws ReflectiveOperationException {
            handlerType.getMethod("handle", signal.getClass()).invoke(handler, signal);
        }

        /** Returns whether a handler is the operating system's or native code, which Java can't call. */
        boolean isNative(Object handler) throws ReflectiveOperationException {
            return handler == handlerType.getField("SIG_DFL").get(null)
                    || handler.toString().contains("NativeHandler");
        }

        boolean isIgnoring(Object handler) throws ReflectiveOperationException {
            return handler == handlerType.getField("SIG_IGN").get(null);
        }

        /** Returns whether the operating system suspends the process for this signal. */
        boolean suspends() {
            return name.equals("TSTP");
        }

        static void send(String name) {
            long pid = ProcessHandle.current().pid();
            try {
                new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(SECONDS_TO_SEND, TimeUnit.SECONDS);
                TimeUnit.MILLISECONDS.sleep(MILLIS_TO_ARRIVE);
            } catch (IOException e) {
                throw new UnsupportedOperationException("Can't send SIG" + name + " to the process itself", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static IllegalArgumentException unwrap(InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new IllegalArgumentException(cause.getMessage(), cause);
        }
    }

    /**
     * Stands in for a {@code sun.misc.SignalHandler}. Adapters of different class loaders know each other by what they
     * say of themselves, and what waits for the one is given to the other as to an {@link Executor}.
     */
    private static final class Adapter implements InvocationHandler {

        private static final String TITLE = "signal handler of graceful4j";

        private final SystemSignals signals;
        private final SunSignal signal;
        private final Handler handler;
        private final Object proxy;
        private final CompletableFuture<Object> previous = new CompletableFuture<>();
        private final List<Runnable> guests = new ArrayList<>();
        private volatile boolean isPutBack;

        private Adapter(SystemSignals signals, SunSignal signal, Handler handler) {
            this.signals = signals;
            this.signal = signal;
            this.handler = handler;
            this.proxy = Proxy.newProxyInstance(
                    signal.handlerType().getClassLoader(), new Class<?>[] {signal.handlerType(), Executor.class}, this);
        }

        private static @Nullable Object of(Object handler) {
            return Proxy.isProxyClass(handler.getClass()) ? Proxy.getInvocationHandler(handler) : null;
        }

        private static boolean isHub(Object handler) {
            return handler instanceof Executor && handler.toString().equals(TITLE);
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments) {
            Object argument = arguments == null || arguments.length == 0 ? null : arguments[0];
            switch (method.getName()) {
                case "handle" -> {
                    handler.handle(arrival());
                    return null;
                }
                case "execute" -> {
                    if (argument instanceof Runnable guest) {
                        addGuest(guest);
                    }
                    return null;
                }
                case "equals" -> {
                    return self == argument;
                }
                case "hashCode" -> {
                    return System.identityHashCode(self);
                }
                default -> {
                    return TITLE;
                }
            }
        }

        private Arrival arrival() {
            return new Arrived(this, takeGuests());
        }

        private synchronized void addGuest(Runnable guest) {
            guests.add(guest);
        }

        private synchronized List<Runnable> takeGuests() {
            List<Runnable> taken = List.copyOf(guests);
            guests.clear();
            return taken;
        }
    }

    private record Arrived(Adapter adapter, List<Runnable> guests) implements Arrival {

        @Override
        public int number() {
            return adapter.signal.number();
        }

        @Override
        public void handOn() {
            // Whoever installs a handler may get a signal before he knows what was there before.
            Object previous = adapter.previous.join();
            try {
                if (adapter.signal.isIgnoring(previous)) {
                    return;
                }
                if (adapter.signal.isNative(previous) && adapter.signal.suspends()) {
                    // Not with the handler taken away and the signal itself: between the two, the next could be lost.
                    SunSignal.send(SUSPENDING);
                } else if (adapter.signal.isNative(previous)) {
                    adapter.signals.sendToDefault(adapter.signal, previous);
                } else {
                    adapter.signal.handOnTo(previous);
                }
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                throw new UnsupportedOperationException("Can't hand on SIG" + adapter.signal.name(), e);
            }
        }

        @Override
        public boolean handOnToHub(Runnable guest) {
            Object previous = adapter.previous.join();
            if (!Adapter.isHub(previous)) {
                return false;
            }
            ((Executor) previous).execute(guest);
            handOn();
            return true;
        }
    }
}
