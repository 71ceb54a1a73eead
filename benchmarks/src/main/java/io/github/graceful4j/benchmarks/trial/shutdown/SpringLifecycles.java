package io.github.graceful4j.benchmarks.trial.shutdown;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

/** Beans with a hand-written {@code SmartLifecycle}, each of which does its work on a thread of its own. */
public final class SpringLifecycles implements ShutdownJobs {

    private @Nullable GenericApplicationContext context;

    /** Creates the candidate. */
    public SpringLifecycles() {}

    @Override
    public void prepare(int amount, Runnable work) {
        context = new GenericApplicationContext();
        for (int job = 0; job < amount; job++) {
            context.registerBean("job-" + job, WorkLifecycle.class, () -> new WorkLifecycle(work));
        }
        context.refresh();
    }

    @Override
    public void shutDown() {
        if (context != null) {
            context.close();
        }
    }

    private static final class WorkLifecycle implements SmartLifecycle {

        private final Runnable work;
        private volatile boolean running;

        WorkLifecycle(Runnable work) {
            this.work = work;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            work.run();
            running = false;
        }

        @Override
        public void stop(Runnable callback) {
            new Thread(() -> {
                        stop();
                        callback.run();
                    })
                    .start();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
