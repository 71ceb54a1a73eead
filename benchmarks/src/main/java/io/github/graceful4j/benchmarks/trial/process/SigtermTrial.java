package io.github.graceful4j.benchmarks.trial.process;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;

/** Awaits SIGTERM some time after the start; who sends it measures. */
public final class SigtermTrial implements Trial<Application> {

    /** Creates the trial. */
    public SigtermTrial() {}

    @Override
    public void measure(Application application, int pauseMillis, Figures figures) throws Exception {
        application.start();
        Thread.sleep(pauseMillis);
        System.out.println(Figures.READY);
        Thread.sleep(Long.MAX_VALUE);
    }
}
