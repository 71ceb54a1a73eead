package io.github.graceful4j;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Installs signal handlers through {@code sun.misc.Signal}, which the module {@code jdk.unsupported} of OpenJDK has and
 * Java SE does not promise; hence by reflection.
 *
 * <p>Thread-safe, as it is stateless.
 */
final class SystemSignals implements Signals {

    static final SystemSignals INSTANCE = new SystemSignals();

    private SystemSignals() {}

    @Override
    public Runnable install(String name, Handler handler) {
        try {
            SunSignal signal = SunSignal.of(name);
            Adapter adapter = new Adapter(signal, handler);
            Object installed = signal.newHandler(adapter);
            Object previous = signal.handleWith(installed);
            adapter.previous = previous;
            return () -> putBack(signal, installed, previous);
        } catch (ReflectiveOperationException | LinkageError | IllegalArgumentException e) {
            // With -Xrs, and for signals that the JVM uses itself, it is an IllegalArgumentException.
            throw new UnsupportedOperationException("Can't handle SIG" + name + ": " + e, e);
        }
    }

    /** Puts the previous handler back, unless somebody else has installed one since, who would lose it. */
    private static void putBack(SunSignal signal, Object installed, Object previous) {
        try {
            Object current = signal.handleWith(previous);
            if (!installed.equals(current)) {
                signal.handleWith(current);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new UnsupportedOperationException("Can't put back what handled the signal before", e);
        }
    }

    /** A {@code sun.misc.Signal}, and what can be done with one. */
    private record SunSignal(Object signal, Class<?> handlerType, Method handle) {

        static SunSignal of(String name) throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            try {
                Object signal = type.getConstructor(String.class).newInstance(name);
                return new SunSignal(signal, handlerType, type.getMethod("handle", type, handlerType));
            } catch (InvocationTargetException e) {
                throw unwrap(e);
            }
        }

        Object newHandler(Adapter adapter) {
            return Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, adapter);
        }

        /** Installs a handler, and returns the one before. */
        Object handleWith(Object handler) throws ReflectiveOperationException {
            try {
                return handle.invoke(null, signal, handler);
            } catch (InvocationTargetException e) {
                throw unwrap(e);
            }
        }

        void handOnTo(Object handler) {
            try {
                handlerType.getMethod("handle", signal.getClass()).invoke(handler, signal);
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("Can't hand on the signal", e);
            }
        }

        private static IllegalArgumentException unwrap(InvocationTargetException e) {
            return new IllegalArgumentException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    /** Stands in for a {@code sun.misc.SignalHandler}. */
    private static final class Adapter implements InvocationHandler {

        private final SunSignal signal;
        private final Handler handler;
        private volatile @Nullable Object previous;

        private Adapter(SunSignal signal, Handler handler) {
            this.signal = signal;
            this.handler = handler;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // it is what equals of a proxy is made of
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws ReflectiveOperationException {
            switch (method.getName()) {
                case "handle" -> {
                    int number = (int)
                            signal.signal().getClass().getMethod("getNumber").invoke(signal.signal());
                    handler.handle(number, new HandedOn(signal, previous));
                    return null;
                }
                case "equals" -> {
                    return arguments != null && proxy == arguments[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                default -> {
                    return "handler of a graceful manager";
                }
            }
        }
    }

    private record HandedOn(SunSignal signal, @Nullable Object handler) implements Previous {

        @Override
        public boolean isManager() {
            return handler != null
                    && Proxy.isProxyClass(handler.getClass())
                    && Proxy.getInvocationHandler(handler) instanceof Adapter;
        }

        @Override
        public void handle() {
            if (handler != null) {
                signal.handOnTo(handler);
            }
        }
    }
}
