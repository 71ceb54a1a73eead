package io.github.graceful4j;

/**
 * Makes threads. Those that jobs run on are all daemons, platform or virtual: the process is kept alive by
 * {@link KeepAlive}, so that a job which was given up cannot keep it alive.
 */
@FunctionalInterface
interface JobThreads {

    /** Returns a new, unstarted thread. */
    Thread newThread(String name, Runnable work);

    /**
     * Returns the maker of threads that keep the process alive; for work of the manager's own, which is sure to end.
     */
    static JobThreads lasting() {
        return (name, work) -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(false);
            return thread;
        };
    }

    static JobThreads platform() {
        return (name, work) -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
