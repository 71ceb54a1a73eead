package io.github.graceful4j.benchmarks.trial.process;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The bare application when it may schedule methods, but has none: what Spring itself takes for such a thing. */
public final class SchedulingApplication implements Application {

    /** Creates the candidate. */
    public SchedulingApplication() {}

    @Override
    public void start() {
        BareApplication.run(Configured.class);
    }

    /** What every Spring Boot application has, and scheduling. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    public static class Configured {

        /** Creates the configuration. */
        public Configured() {}
    }
}
