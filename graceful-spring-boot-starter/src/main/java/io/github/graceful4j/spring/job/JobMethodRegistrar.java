package io.github.graceful4j.spring.job;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.RestartPolicy;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.spring.Restart;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.StringValueResolver;

/** Registers the annotated methods of all beans with the manager. Used by the thread that starts the context only. */
public final class JobMethodRegistrar {

    /** What it is where nothing is said of restarts. */
    private static final Restart NO_LIMITS = MergedAnnotation.of(Restart.class).synthesize();

    private final ConfigurableListableBeanFactory beanFactory;
    private final GracefulManager manager;
    private final JobOverrides overrides;
    private final Registrations registrations = new Registrations();

    /**
     * Creates a registrar.
     *
     * @param beanFactory has the beans
     * @param manager gets the jobs
     * @param overrides what properties say of them
     */
    public JobMethodRegistrar(
            ConfigurableListableBeanFactory beanFactory, GracefulManager manager, JobOverrides overrides) {
        this.beanFactory = beanFactory;
        this.manager = manager;
        this.overrides = overrides;
    }

    /**
     * Registers methods, without starting any. Their beans are created if they do not exist yet.
     *
     * @param methods the annotated methods of all beans
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if a method cannot be a job
     */
    public void register(List<JobMethod> methods) {
        StringValueResolver values = new EmbeddedValueResolver(beanFactory);
        SharedBeans sharedBeans = new SharedBeans(beanFactory);
        Mocks mocks = new Mocks(beanFactory.getBeanClassLoader());
        List<ShutdownJobDefinition> shutdownJobs = new ArrayList<>();
        for (JobMethod method : methods) {
            sharedBeans.check(method);
            Object bean = beanFactory.getBean(method.beanName());
            if (mocks.isMock(method, bean)) {
                continue;
            }
            Job job = MethodJob.of(method, bean);
            AttributeResolver attributes = new AttributeResolver(method, values);
            if (method.annotation() instanceof RunningJob annotation) {
                register(method, annotation, attributes, job);
            } else if (method.annotation() instanceof ShutdownJob annotation) {
                addDefinition(method, annotation, attributes, job, shutdownJobs);
            }
        }
        overrides.checkNames();
        registerInOrder(shutdownJobs);
    }

    /** What comes after others is registered after them, since the manager may be one that has been started. */
    private void registerInOrder(List<ShutdownJobDefinition> jobs) {
        Precedence named = new Precedence();
        jobs.forEach(job -> named.add(job.name(), job.after()));
        Precedence precedence = named.with(new BeanOrder(beanFactory, jobs).precedence());
        Map<String, Integer> places = new HashMap<>();
        precedence.inOrder().forEach(name -> places.put(name, places.size()));
        jobs.stream()
                .map(job -> job.withAfter(precedence.earlierThan(job.name())))
                .sorted(Comparator.comparingInt(job -> places.getOrDefault(job.name(), Integer.MAX_VALUE)))
                .forEach(job -> registrations.register(
                        job.method(), () -> manager.addShutdownJob(job.name(), job.job(), job.options())));
    }

    private void register(JobMethod method, RunningJob annotation, AttributeResolver attributes, Job job) {
        String name = nameOf(method, attributes, annotation.name());
        JobOverrides.Of own = overrides.of(name);
        if (!own.isEnabled(method)) {
            return;
        }
        RunningJobOptions options = RunningJobOptions.defaults()
                .withTimeout(attributes.timeLimit(own.attribute("timeout", "timeout", annotation.timeout())))
                .withFailurePolicy(failurePolicy(method, annotation, attributes, own));
        Integer phase = attributes.number(own.attribute("phase", "phase", annotation.phase()));
        RunningJobOptions placed = phase == null ? options : options.withPhase(phase);
        JobOverrides.Attribute copies = own.attribute("concurrency", "concurrency", annotation.concurrency());
        Integer concurrency = attributes.number(copies);
        int count = concurrency == null ? 1 : concurrency;
        if (count < 1) {
            throw method.invalid(
                    "has " + copies.name() + " = \"" + copies.value() + "\"", "Write a number of copies from 1 up.");
        }
        for (int copy = 1; copy <= count; copy++) {
            String copyName = count == 1 ? name : name + "-" + copy;
            registrations.register(method, () -> manager.addRunningJob(copyName, job, placed));
        }
    }

    private static FailurePolicy failurePolicy(
            JobMethod method, RunningJob annotation, AttributeResolver attributes, JobOverrides.Of own) {
        FailurePolicy.Action action = own.onFailure(method, annotation.onFailure());
        if (action != FailurePolicy.Action.RESTART
                && !own.hasOnFailure()
                && !annotation.restart().equals(NO_LIMITS)) {
            throw method.invalid(
                    "has restart = " + annotation.restart() + ", but is not restarted: onFailure is "
                            + annotation.onFailure(),
                    "Add onFailure = FailurePolicy.Action.RESTART, or leave restart out.");
        }
        return switch (action) {
            case RECORD -> FailurePolicy.recordOnly();
            case SHUT_DOWN -> FailurePolicy.shutDown();
            case RESTART -> restart(method, annotation.restart(), attributes, own);
        };
    }

    private static FailurePolicy restart(
            JobMethod method, Restart restart, AttributeResolver attributes, JobOverrides.Of own) {
        Integer maxRestarts =
                attributes.number(own.attribute("restart.max-restarts", "maxRestarts", restart.maxRestarts()));
        Duration within = attributes.timeLimit(own.attribute("restart.within", "within", restart.within()));
        boolean thenShutDown = own.thenShutDown(method, restart.thenShutDown());
        if (maxRestarts == null && (thenShutDown || within.compareTo(Deadline.UNLIMITED) < 0)) {
            throw method.invalid(
                    "has restart = " + restart
                            + ", in which thenShutDown and within are about a limit that is not there",
                    "Add a limit, such as maxRestarts = \"5\".");
        }
        try {
            RestartPolicy policy = FailurePolicy.restart()
                    .withDelay(
                            attributes.timeLimit(own.attribute("restart.delay", "delay", restart.delay())),
                            attributes.timeLimit(own.attribute("restart.max-delay", "maxDelay", restart.maxDelay())));
            if (maxRestarts == null) {
                return policy;
            }
            return thenShutDown
                    ? policy.withLimitThenShutDown(maxRestarts, within)
                    : policy.withLimit(maxRestarts, within);
        } catch (IllegalArgumentException e) {
            throw method.invalid(
                    "has restart = " + restart + ": " + e.getMessage(),
                    "Write a delay of 1ms or more that is not longer than maxDelay, and a number of restarts from 1 up.",
                    e);
        }
    }

    private void addDefinition(
            JobMethod method,
            ShutdownJob annotation,
            AttributeResolver attributes,
            Job job,
            List<ShutdownJobDefinition> to) {
        String name = nameOf(method, attributes, annotation.name());
        JobOverrides.Of own = overrides.of(name);
        if (own.isEnabled(method)) {
            to.add(definition(method, annotation, attributes, job, name, own));
        }
    }

    private ShutdownJobDefinition definition(
            JobMethod method,
            ShutdownJob annotation,
            AttributeResolver attributes,
            Job job,
            String name,
            JobOverrides.Of own) {
        ShutdownJobOptions options = ShutdownJobOptions.defaults()
                .withTimeout(attributes.timeLimit(own.attribute("timeout", "timeout", annotation.timeout())))
                .withAfter(Stream.of(annotation.after())
                        .map(after -> attributes.text("after", after))
                        .filter(after -> !after.isEmpty())
                        .toArray(String[]::new));
        Integer ownPhase = attributes.number(own.attribute("phase", "phase", annotation.phase()));
        int phase = ownPhase == null ? manager.phaseControl().defaultPhase(JobKind.SHUTDOWN) : ownPhase;
        return new ShutdownJobDefinition(method, name, phase, options.withPhase(phase), job);
    }

    private static String nameOf(JobMethod method, AttributeResolver attributes, String name) {
        String resolved = attributes.text("name", name);
        return resolved.isEmpty() ? method.defaultName() : resolved;
    }
}
