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
                shutdownJobs.add(definition(method, annotation, attributes, job));
            }
        }
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
        RunningJobOptions options = RunningJobOptions.defaults()
                .withTimeout(attributes.timeLimit("timeout", annotation.timeout()))
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
        if (annotation.onFailure() != FailurePolicy.Action.RESTART
                && !annotation.restart().equals(NO_LIMITS)) {
            throw method.invalid(
                    "has restart = " + annotation.restart() + ", but is not restarted: onFailure is "
                            + annotation.onFailure(),
                    "Add onFailure = FailurePolicy.Action.RESTART, or leave restart out.");
        }
        return switch (annotation.onFailure()) {
            case RECORD -> FailurePolicy.recordOnly();
            case SHUT_DOWN -> FailurePolicy.shutDown();
            case RESTART -> restart(method, annotation.restart(), attributes);
        };
    }

    private static FailurePolicy restart(JobMethod method, Restart restart, AttributeResolver attributes) {
        Integer maxRestarts = attributes.number("maxRestarts", restart.maxRestarts());
        Duration within = attributes.timeLimit("within", restart.within());
        if (maxRestarts == null && (restart.thenShutDown() || within.compareTo(Deadline.UNLIMITED) < 0)) {
            throw method.invalid(
                    "has restart = " + restart
                            + ", in which thenShutDown and within are about a limit that is not there",
                    "Add a limit, such as maxRestarts = \"5\".");
        }
        try {
            RestartPolicy policy = FailurePolicy.restart()
                    .withDelay(
                            attributes.timeLimit("delay", restart.delay()),
                            attributes.timeLimit("maxDelay", restart.maxDelay()));
            if (maxRestarts == null) {
                return policy;
            }
            return restart.thenShutDown()
                    ? policy.withLimitThenShutDown(maxRestarts, within)
                    : policy.withLimit(maxRestarts, within);
        } catch (IllegalArgumentException e) {
            throw method.invalid(
                    "has restart = " + restart + ": " + e.getMessage(),
                    "Write a delay of 1ms or more that is not longer than maxDelay, and a number of restarts from 1 up.",
                    e);
        }
    }

    private ShutdownJobDefinition definition(
            JobMethod method, ShutdownJob annotation, AttributeResolver attributes, Job job) {
        ShutdownJobOptions options = ShutdownJobOptions.defaults()
                .withTimeout(attributes.timeLimit("timeout", annotation.timeout()))
                .withAfter(Stream.of(annotation.after())
                        .map(after -> attributes.text("after", after))
                        .filter(after -> !after.isEmpty())
                        .toArray(String[]::new));
        Integer ownPhase = attributes.number("phase", annotation.phase());
        int phase = ownPhase == null ? manager.phaseControl().defaultPhase(JobKind.SHUTDOWN) : ownPhase;
        String name = nameOf(method, attributes, annotation.name());
        return new ShutdownJobDefinition(method, name, phase, options.withPhase(phase), job);
    }

    private static String nameOf(JobMethod method, AttributeResolver attributes, String name) {
        String resolved = attributes.text("name", name);
        return resolved.isEmpty() ? method.defaultName() : resolved;
    }
}
