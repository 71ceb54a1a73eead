package io.github.graceful4j.benchmarks.micro;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Armeria's own count of requests, which it keeps to itself; constant handles cost no more than a call. */
final class ArmeriaCount {

    private static final MethodHandle CREATE;
    private static final MethodHandle INCREMENT;
    private static final MethodHandle DECREMENT;

    static {
        try {
            Class<?> type = Class.forName("com.linecorp.armeria.server.GracefulShutdownSupport");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            MethodType count = MethodType.methodType(void.class);
            MethodType counted = MethodType.methodType(void.class, Object.class);
            CREATE = lookup.findStatic(type, "create", MethodType.methodType(type, Duration.class, Executor.class))
                    .asType(MethodType.methodType(Object.class, Duration.class, Executor.class));
            INCREMENT = lookup.findVirtual(type, "inc", count).asType(counted);
            DECREMENT = lookup.findVirtual(type, "dec", count).asType(counted);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object support;

    ArmeriaCount() {
        try {
            support = CREATE.invokeExact(Duration.ofSeconds(2), (Executor) Runnable::run);
        } catch (Throwable e) {
            throw new IllegalStateException("Can't use Armeria's count", e);
        }
    }

    void increment() throws Throwable {
        INCREMENT.invokeExact(support);
    }

    void decrement() throws Throwable {
        DECREMENT.invokeExact(support);
    }
}
