package io.github.graceful4j.benchmarks.trial.process;

import com.sun.management.ThreadMXBean;
import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Heap;
import io.github.graceful4j.benchmarks.trial.Trial;
import java.lang.management.ManagementFactory;

/** How long an application takes until it is ready, and what it takes up once all that goes on beside that is over. */
public final class StartTrial implements Trial<Application> {

    private static final int UNTIL_QUIET_MILLIS = 2_000;
    private static final double BYTES_PER_MEGABYTE = 1_000_000;

    /** Creates the trial. */
    public StartTrial() {}

    @Override
    public void measure(Application application, int amount, Figures figures) throws Exception {
        application.start();
        long ready = System.currentTimeMillis();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double allocated = (double) threads.getCurrentThreadAllocatedBytes();
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        figures.tell("until ready", "ms", (double) (ready - began));
        figures.tell("allocated by the main thread", "MB", allocated / BYTES_PER_MEGABYTE);
        Thread.sleep(UNTIL_QUIET_MILLIS);
        figures.tell("heap", "MB", Heap.used() / BYTES_PER_MEGABYTE);
        figures.tell("classes", "classes", (double)
                ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    }
}
