package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.ManagerState;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Puts the manager's phases among those of an application context: one lifecycle bean for each phase that has jobs when
 * the context starts, and for the default phases. Jobs that are registered later in another phase stop with the next
 * lower one.
 *
 * <p>Used by one thread at a time: the one that starts the context, or the one that has the manager made later on; and
 * the close begins once.
 */
public final class LifecycleRegistrar implements DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(LifecycleRegistrar.class);

    /** Above the phases of loggers and connection pools, below those of everything that works. */
    private static final int END_PHASE = 2;

    private final ConfigurableApplicationContext context;
    private final GracefulManager manager;
    private final PhaseControl control;
    private final ContextClose close;
    private final CloseSettings settings;
    private final ManagedClose watched;
    private final ExitWatch exit;
    private final SignalledContext signalled;
    private final JobsStart start;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean mayStart;
    private final List<RunningJobsLifecycle> runningJobs = new ArrayList<>();

    /**
     * Creates a registrar.
     *
     * @param context the application context
     * @param manager the manager
     * @param settings how the close goes
     * @param start when running jobs are started
     * @param exit tells how much of the grace period was over before the close
     * @param keeper is given what came of the close, when it is over, or not over at the deadline
     */
    public LifecycleRegistrar(
            ConfigurableApplicationContext context,
            GracefulManager manager,
            CloseSettings settings,
            JobsStart start,
            ExitWatch exit,
            Consumer<ShutdownReport> keeper) {
        this.context = context;
        this.manager = manager;
        this.control = manager.phaseControl();
        this.close = new ContextClose(context, control, exit);
        this.settings = settings;
        this.start = start;
        this.mayStart = start == JobsStart.STARTED;
        this.exit = exit;
        this.signalled = new SignalledContext(context, manager, settings.signals());
        this.watched = new ManagedClose(
                context,
                manager,
                settings,
                exit,
                this::closingLate,
                keeper.andThen(signalled::closed),
                Runtime.getRuntime()::halt);
        if (settings.signals().isNeeded()) {
            ProcessSignals.ofProcess().join(signalled);
        }
        exit.managedBy(manager);
        watched.prepare();
        destroyWithBeans("gracefulManagerEnd"); // where the start fails before there are lifecycles
    }

    /** Registers the lifecycle beans, once the jobs of all beans are registered with the manager. */
    public void register() {
        SortedSet<Integer> runningPhases = phasesOf(JobKind.RUNNING);
        runningPhases.addAll(phasesOf(JobKind.SOURCE));
        SortedSet<Integer> shutdownPhases = phasesOf(JobKind.SHUTDOWN);
        for (int phase : runningPhases) {
            int startUpTo = phase == runningPhases.last() ? Integer.MAX_VALUE : phase;
            RunningJobsLifecycle lifecycle = new RunningJobsLifecycle(phase, startUpTo, control, close, () -> mayStart);
            runningJobs.add(lifecycle);
            register("gracefulRunningJobs." + phase, lifecycle);
        }
        for (int phase : shutdownPhases) {
            register(
                    "gracefulShutdownJobs." + phase, new CloseLifecycle(() -> phase, close, () -> control.stop(phase)));
        }
        register("gracefulShutdownEnd", new CloseLifecycle(this::askedForLastPhase, close, control::finish));
        watched.runningJobsIn(runningPhases, sourcesBelowRunningJobs());
        destroyWithBeans("gracefulLifecycles"); // before the beans that have jobs
    }

    /** Returns the names of what the close waits for now, apart from jobs, as far as it is known. */
    public List<String> waitingFor() {
        return watched.waitingFor();
    }

    private void destroyWithBeans(String name) {
        ((DefaultSingletonBeanRegistry) beanFactory()).registerDisposableBean(name, this);
    }

    /** The context has started: its start is no more what may hold up a close. */
    public void started() {
        signalled.started();
        start();
    }

    /** The application is ready: jobs that have waited for that start now. */
    public void ready() {
        if (start == JobsStart.READY) {
            mayStart = true;
            if (isUp()) {
                runningJobs.forEach(RunningJobsLifecycle::start);
            }
        }
    }

    /** Starts the running jobs, unless the context has started them already, or is stopped. */
    private void start() {
        if (isUp()) {
            runningJobs.stream().filter(each -> !each.isRunning()).forEach(RunningJobsLifecycle::start);
        }
    }

    private boolean isUp() {
        return !close.isUnderWay() && context.isRunning();
    }

    /** Begins the shutdown on the thread that closes the context, before anything has stopped, and drains. Once. */
    public void closing() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        close.begin();
        signalled.closing();
        exit.end();
        watched.beginNow();
        new Drain(context, control, settings.drainDelay(), watched::leftForDrain).run();
        watched.drained();
    }

    /** A listener that threw kept the event of the close from ours. */
    private void closingLate() {
        try {
            closing();
        } catch (RuntimeException e) {
            logger.warn("Application context '{}' is closed without a drain", context.getId(), e);
        }
    }

    /** All beans are destroyed; waits a moment until what came of the close is kept. */
    public void closed() {
        watched.end();
    }

    /** Spring asks for all phases before it stops any bean, also where its processor is not ours. */
    private int askedForLastPhase() {
        if (context.isClosed()) {
            closingLate();
        }
        return lastPhase();
    }

    /** Returns the phase in which the shutdown ends: below every phase that has a job now. */
    private int lastPhase() {
        SortedSet<Integer> phases = control.phases();
        long belowAll = phases.isEmpty() ? END_PHASE : phases.last() - 1L;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(END_PHASE, belowAll));
    }

    private long sourcesBelowRunningJobs() {
        int phase = control.defaultPhase(JobKind.RUNNING);
        return manager.jobs().stream()
                .filter(job -> job.kind() == JobKind.SOURCE && job.phase() < phase)
                .count();
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

    private ConfigurableListableBeanFactory beanFactory() {
        return context.getBeanFactory();
    }

    /** Ends the manager of a context that failed to start, and so was never closed; no shutdown job runs. */
    @Override
    public void destroy() {
        exit.end();
        ProcessSignals.ofProcess().leave(signalled);
        if (manager.state() != ManagerState.TERMINATED) {
            control.beginWithoutShutdownJobs(
                    ShutdownReason.contextClosed("an application context that failed to start"));
            control.finish();
            awaitEnd();
        }
    }

    /** Beans that jobs work with are destroyed after this, and the process may end. */
    private void awaitEnd() {
        try {
            long most = watched.mostForOurs();
            manager.awaitDone(most == WatchedClose.NO_LIMIT ? Deadline.UNLIMITED : Duration.ofMillis(most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            logger.warn("Application context '{}' goes on though its jobs have not ended", context.getId());
        }
    }
}
