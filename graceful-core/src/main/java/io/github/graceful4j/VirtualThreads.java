package io.github.graceful4j;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes virtual threads by reflection, because this library is compiled for Java 17, which has none. */
final class VirtualThreads implements JobThreads {

    private final MethodHandle ofVirtual;
    private final MethodHandle name;
    private final MethodHandle unstarted;

    private VirtualThreads(MethodHandle ofVirtual, MethodHandle name, MethodHandle unstarted) {
        this.ofVirtual = ofVirtual;
        this.name = name;
        this.unstarted = unstarted;
    }

    /**
     * Looks up the methods.
     *
     * @throws UnsupportedOperationException if this JVM has no virtual threads
     */
    static VirtualThreads create() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            return new VirtualThreads(
                    lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder))
                            .asType(MethodType.methodType(builder)),
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class))
                            .asType(MethodType.methodType(builder, builder, String.class)),
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class)));
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "Can't run jobs on virtual threads: they need Java 21 or later, and this is Java "
                            + Runtime.version().feature(),
                    e);
        }
    }

    @Override
    public Thread newThread(String threadName, Runnable work) {
        try {
            Object builder = name.invoke(ofVirtual.invoke(), threadName);
            return (Thread) unstarted.invoke(builder, work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Can't make a virtual thread", e);
        }
    }
}
