package io.github.graceful4j.internal.jvm;

/** Makes threads as a JVM does that is out of them: they can be made, but not started. */
enum NoThreads implements Threads {
    AT_ALL;

    @Override
    public Thread newThread(String name, Runnable work) {
        return new Thread(work, name) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
    }
}
