package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.job.JobKind;
import org.jspecify.annotations.Nullable;

/**
 * Lets jobs find the application's classes, whichever thread starts them: shutdown jobs are started by one of the core,
 * which may have been loaded by another class loader than the application. Thread-safe, as it is immutable.
 */
public final class ApplicationClassLoader implements JobDecorator {

    private final @Nullable ClassLoader loader;

    /**
     * Creates the decorator of the jobs of an application.
     *
     * @param loader the class loader of its beans
     */
    public ApplicationClassLoader(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public Job decorate(Job job, String name, JobKind kind, int phase) {
        return context -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                job.run(context);
            } finally {
                thread.setContextClassLoader(before);
            }
        };
    }
}
