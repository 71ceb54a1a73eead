package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.ManagerState;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.spring.failure.MisconfigurationException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Puts the manager's phases among those of an application context: one lifecycle bean for each phase that has jobs when
 * the context starts, and for the default phases. Jobs that are registered later in another phase stop with the next
 * lower one. Used by the thread that starts the context only.
 */
public final class LifecycleRegistrar implements DisposableBean {

    /** Above the phases of loggers and connection pools, below those of everything that works. */
    private static final int END_PHASE = 2;

    private final ConfigurableApplicationContext context;
    private final GracefulManager manager;
    private final PhaseControl control;
    private final ContextClose close;
    private final CloseSettings settings;

    /**
     * Creates a registrar.
     *
     * @param context the application context
     * @param manager the manager
     * @param settings how the close goes
     */
    public LifecycleRegistrar(ConfigurableApplicationContext context, GracefulManager manager, CloseSettings settings) {
        this.context = context;
        this.manager = manager;
        this.control = manager.phaseControl();
        this.close = new ContextClose(context, control);
        this.settings = settings;
    }

    /** Registers the lifecycle beans, once the jobs of all beans are registered with the manager. */
    public void register() {
        SortedSet<Integer> runningPhases = phasesOf(JobKind.RUNNING);
        SortedSet<Integer> shutdownPhases = phasesOf(JobKind.SHUTDOWN);
        for (int phase : runningPhases) {
            int startUpTo = phase == runningPhases.last() ? Integer.MAX_VALUE : phase;
            register("gracefulRunningJobs." + phase, new RunningJobsLifecycle(phase, startUpTo, control, close));
        }
        for (int phase : shutdownPhases) {
            register(
                    "gracefulShutdownJobs." + phase, new CloseLifecycle(() -> phase, close, () -> control.stop(phase)));
        }
        register("gracefulShutdownEnd", new CloseLifecycle(this::lastPhase, close, control::finish));
        PhaseTimeouts timeouts = timeouts();
        runningPhases.forEach(timeouts::extend);
        shutdownPhases.forEach(timeouts::extend);
        timeouts.extend(lastPhase());
        context.addApplicationListener(new ContextCloseListener(context, close, watchdog(timeouts), drain(timeouts)));
    }

    /** Returns the phase in which the shutdown ends: below every phase that has a job now. */
    private int lastPhase() {
        SortedSet<Integer> phases = control.phases();
        long belowAll = phases.isEmpty() ? END_PHASE : phases.last() - 1L;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(END_PHASE, belowAll));
    }

    private SortedSet<Integer> phasesOf(JobKind kind) {
        Set<Integer> phases = manager.jobs().stream()
                .filter(job -> job.kind() == kind)
                .map(JobSnapshot::phase)
                .collect(Collectors.toSet());
        phases.add(control.defaultPhase(kind));
        return new TreeSet<>(phases);
    }

    private void register(String name, SmartLifecycle lifecycle) {
        beanFactory().registerSingleton(name, lifecycle);
    }

    private PhaseTimeouts timeouts() {
        return new PhaseTimeouts(processor(), manager, settings.timeoutPerPhase(), settings.reserve());
    }

    private CloseWatchdog watchdog(PhaseTimeouts timeouts) {
        return new CloseWatchdog(context, manager, timeouts, settings, Runtime.getRuntime()::halt);
    }

    private Drain drain(PhaseTimeouts timeouts) {
        return new Drain(context, control, settings.drainDelay(), timeouts::leftForOthers);
    }

    /**
     * Spring Boot defines a processor; a context without one would make its own, but only after all beans are there.
     */
    private DefaultLifecycleProcessor processor() {
        String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
        if (!beanFactory().containsLocalBean(name)) {
            DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
            processor.setBeanFactory(beanFactory());
            beanFactory().registerSingleton(name, processor);
        }
        LifecycleProcessor processor = beanFactory().getBean(name, LifecycleProcessor.class);
        if (processor instanceof DefaultLifecycleProcessor adjustable) {
            return adjustable;
        }
        throw new MisconfigurationException(
                "The bean '" + name + "' is a " + processor.getClass().getName() + " and not a "
                        + DefaultLifecycleProcessor.class.getSimpleName()
                        + ", so the phases of the application can't be fitted into one grace period.",
                "Let it extend " + DefaultLifecycleProcessor.class.getName()
                        + ", or do without jobs by setting graceful.enabled to false.",
                null);
    }

    private ConfigurableListableBeanFactory beanFactory() {
        return context.getBeanFactory();
    }

    /** Ends the manager of a context that failed to start, and so was never closed; no shutdown job runs. */
    @Override
    public void destroy() {
        if (manager.state() != ManagerState.TERMINATED) {
            control.beginWithoutShutdownJobs(
                    ShutdownReason.contextClosed("an application context that failed to start"));
            control.finish();
        }
    }
}
