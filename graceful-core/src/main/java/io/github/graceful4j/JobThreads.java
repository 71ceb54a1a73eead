package io.github.graceful4j;

/**
 * Makes the threads that jobs run on. All are daemons, platform or virtual: the process is kept alive by
 * {@link KeepAlive}, so that a job which was given up cannot keep it alive.
 */
@FunctionalInterface
interface JobThreads {

    /** Returns a new, unstarted thread. */
    Thread newThread(String name, Runnable work);

    static JobThreads platform() {
        return (name, work) -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
