package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.job.JobMethodRegistrar;
import io.github.graceful4j.spring.lifecycle.LifecycleRegistrar;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Registers all jobs, then the phases they are in, when all beans are there and before any of them is started. */
final class JobsInitializer implements SmartInitializingSingleton {

    private final JobMethodRegistrar jobs;
    private final LifecycleRegistrar lifecycles;

    JobsInitializer(JobMethodRegistrar jobs, LifecycleRegistrar lifecycles) {
        this.jobs = jobs;
        this.lifecycles = lifecycles;
    }

    @Override
    public void afterSingletonsInstantiated() {
        jobs.registerAll();
        lifecycles.register();
    }
}
