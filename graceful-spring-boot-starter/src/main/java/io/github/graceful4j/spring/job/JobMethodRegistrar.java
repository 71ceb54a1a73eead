package io.github.graceful4j.spring.job;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.spring.Restart;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.StringValueResolver;

/** Registers the annotated methods of all beans with the manager. Used by the thread that starts the context only. */
public final class JobMethodRegistrar {

    private final ConfigurableListableBeanFactory beanFactory;
    private final GracefulManager manager;
    private final Registrations registrations = new Registrations();

    /**
     * Creates a registrar.
     *
     * @param beanFactory has the beans
     * @param manager gets the jobs
     */
    public JobMethodRegistrar(ConfigurableListableBeanFactory beanFactory, GracefulManager manager) {
        this.beanFactory = beanFactory;
        this.manager = manager;
    }

    /**
     * Finds all annotated methods and registers them, without starting any. Beans that have one are created if they do
     * not exist yet.
     *
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if a method cannot be a job
     */
    public void registerAll() {
        StringValueResolver values = new EmbeddedValueResolver(beanFactory);
        List<JobMethod> methods = new JobMethodFinder(beanFactory).find();
        for (JobMethod method : methods) {
            if (!beanFactory.isSingleton(method.beanName())) {
                throw method.invalid(
                        "belongs to a bean that is not a singleton, so it is not known how often and on which instance to"
                                + " run it",
                        "Move the method to a singleton bean.");
            }
            Job job = MethodJob.of(method, beanFactory.getBean(method.beanName()));
            AttributeResolver attributes = new AttributeResolver(method, values);
            if (method.annotation() instanceof RunningJob annotation) {
                register(method, annotation, attributes, job);
            } else if (method.annotation() instanceof ShutdownJob annotation) {
                register(method, annotation, attributes, job);
            }
        }
    }

    private void register(JobMethod method, RunningJob annotation, AttributeResolver attributes, Job job) {
        RunningJobOptions options = RunningJobOptions.defaults()
                .withTimeout(attributes.duration("timeout", annotation.timeout()))
                .withFailurePolicy(failurePolicy(method, annotation, attributes));
        Integer phase = attributes.number("phase", annotation.phase());
        RunningJobOptions placed = phase == null ? options : options.withPhase(phase);
        Integer concurrency = attributes.number("concurrency", annotation.concurrency());
        int copies = concurrency == null ? 1 : concurrency;
        if (copies < 1) {
            throw method.invalid(
                    "has concurrency = \"" + annotation.concurrency() + "\"", "Write a number of copies from 1 up.");
        }
        String name = nameOf(method, attributes, annotation.name());
        for (int copy = 1; copy <= copies; copy++) {
            String copyName = copies == 1 ? name : name + "-" + copy;
            registrations.register(method, () -> manager.addRunningJob(copyName, job, placed));
        }
    }

    private static FailurePolicy failurePolicy(JobMethod method, RunningJob annotation, AttributeResolver attributes) {
        return switch (annotation.onFailure()) {
            case RECORD -> FailurePolicy.recordOnly();
            case SHUT_DOWN -> FailurePolicy.shutDown();
            case RESTART -> restart(method, annotation.restart(), attributes);
        };
    }

    private static FailurePolicy restart(JobMethod method, Restart restart, AttributeResolver attributes) {
        Integer maxRestarts = attributes.number("maxRestarts", restart.maxRestarts());
        try {
            FailurePolicy policy = FailurePolicy.restart()
                    .withDelay(
                            attributes.duration("delay", restart.delay()),
                            attributes.duration("maxDelay", restart.maxDelay()))
                    .withMaxRestarts(maxRestarts == null ? 0 : maxRestarts);
            return restart.thenShutDown() ? policy.thenShutDown() : policy;
        } catch (IllegalArgumentException e) {
            throw method.invalid(
                    "has restart = " + restart + ": " + e.getMessage(),
                    "Write a delay that is not longer than maxDelay, and a number of restarts from 0 up.",
                    e);
        }
    }

    private void register(JobMethod method, ShutdownJob annotation, AttributeResolver attributes, Job job) {
        ShutdownJobOptions options =
                ShutdownJobOptions.defaults().withTimeout(attributes.duration("timeout", annotation.timeout()));
        for (String after : annotation.after()) {
            options = options.withAfter(attributes.text("after", after));
        }
        Integer phase = attributes.number("phase", annotation.phase());
        ShutdownJobOptions placed = phase == null ? options : options.withPhase(phase);
        String name = nameOf(method, attributes, annotation.name());
        registrations.register(method, () -> manager.addShutdownJob(name, job, placed));
    }

    private static String nameOf(JobMethod method, AttributeResolver attributes, String name) {
        String resolved = attributes.text("name", name);
        return resolved.isEmpty() ? method.defaultName() : resolved;
    }
}
