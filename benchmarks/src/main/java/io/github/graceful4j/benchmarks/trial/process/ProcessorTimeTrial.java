package io.github.graceful4j.benchmarks.trial.process;

import com.sun.management.OperatingSystemMXBean;
import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;
import java.lang.management.ManagementFactory;

/**
 * How much processor time a process has taken some time after its application was started, and for how many classes.
 */
public final class ProcessorTimeTrial implements Trial<Application> {

    /** Creates the trial. */
    public ProcessorTimeTrial() {}

    @Override
    public void measure(Application application, int pauseMillis, Figures figures) throws Exception {
        application.start();
        Thread.sleep(pauseMillis);
        figures.nanos("processor time", (double)
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
        figures.tell("classes", "classes", (double)
                ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    }
}
