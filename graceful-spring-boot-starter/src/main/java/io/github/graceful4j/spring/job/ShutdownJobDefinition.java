package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.ShutdownJobOptions;
import java.util.Set;

/**
 * An annotated shutdown job that is not registered yet.
 *
 * @param method the method it was made of
 * @param name the name of the job
 * @param phase the phase it runs in
 * @param options what its annotation says
 * @param job calls the method
 */
record ShutdownJobDefinition(JobMethod method, String name, int phase, ShutdownJobOptions options, Job job) {

    String beanName() {
        return method.beanName();
    }

    Set<String> after() {
        return options.after();
    }

    ShutdownJobDefinition withAfter(Set<String> after) {
        return new ShutdownJobDefinition(method, name, phase, options.withAfter(after.toArray(String[]::new)), job);
    }
}
