package io.github.graceful4j;

import io.github.graceful4j.internal.jvm.Jvm;
import io.github.graceful4j.internal.jvm.JvmHooks;
import io.github.graceful4j.internal.jvm.SignalHub;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.FlightLog;
import io.github.graceful4j.internal.stop.GracePeriod;
import io.github.graceful4j.internal.stop.Settings;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spi.ShutdownDelegate;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up a {@link GracefulManager}. Got from {@link GracefulManager#builder()}. Every setting has a default. Not
 * thread-safe; a builder may build several managers.
 */
public final class GracefulManagerBuilder {

    private static final Duration DEFAULT_GRACE_PERIOD = Duration.ofSeconds(25);
    private static final Duration DEFAULT_INTERRUPT_LEAD = Duration.ofSeconds(1);

    private Duration gracePeriod = DEFAULT_GRACE_PERIOD;
    private @Nullable Duration reserve;
    private Duration interruptLead = DEFAULT_INTERRUPT_LEAD;
    private boolean autoStart = true;
    private boolean signals = true;
    private boolean endsWithJobs;
    private @Nullable Threads threads;
    private Threads ownThreads = Threads.lasting();
    private int runningPhase;
    private int shutdownPhase;
    private boolean virtualThreads;
    private @Nullable JobContext parent;
    private @Nullable ShutdownDelegate delegate;
    private final List<ShutdownListener> listeners = new ArrayList<>();
    private final List<JobDecorator> decorators = new ArrayList<>();
    private Logger logger = LoggerFactory.getLogger(GracefulManager.class);
    private Ticker ticker = Ticker.system();
    private Clock clock = Clock.systemUTC();
    private JvmHooks hooks = JvmHooks.system();
    private @Nullable SignalHub signalHub;

    GracefulManagerBuilder() {}

    /**
     * Sets how long a whole shutdown may take: 25 s by default, which leaves a margin for the exit of the process where
     * a platform kills it after 30 s, as Kubernetes does.
     *
     * @param duration the grace period, which is positive; {@link Deadline#UNLIMITED} for as long as it needs
     */
    public GracefulManagerBuilder gracePeriod(Duration duration) {
        this.gracePeriod = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sets how much of the grace period is kept for shutdown jobs, if there are any: a fifth by default.
     *
     * @param duration the reserve, at most the grace period; zero for none
     */
    public GracefulManagerBuilder reserve(Duration duration) {
        this.reserve = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sets how long before its deadline a running job that ignores its cancellation is interrupted: 1 s by default.
     *
     * @param duration the interrupt lead, of which at most a tenth of the time allowed is used
     */
    public GracefulManagerBuilder interruptLead(Duration duration) {
        this.interruptLead = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sets whether running jobs start as soon as they are registered: they do by default. Otherwise all start with
     * {@link GracefulManager#start()}.
     *
     * @param enabled whether the manager is built started
     */
    public GracefulManagerBuilder autoStart(boolean enabled) {
        this.autoStart = enabled;
        return this;
    }

    /**
     * Sets whether the manager shuts down at SIGTERM and SIGINT, and when the JVM exits for another reason such as
     * {@link System#exit}: it does by default. A second signal while shutting down prints what is still running and
     * halts the process. SIGTSTP is logged, and then suspends the process.
     *
     * @param enabled whether signals and the end of the JVM are a reason to shut down
     */
    public GracefulManagerBuilder signals(boolean enabled) {
        this.signals = enabled;
        return this;
    }

    /**
     * Sets whether the manager shuts down when all its running jobs have ended by themselves, for programs that have
     * nothing left to do then: it does not by default. Register all jobs of such a manager before it is started, with
     * {@link #autoStart(boolean) auto-start} off, or the first could end before the second is there.
     *
     * @param enabled whether the end of the last running job is a reason to shut down
     */
    public GracefulManagerBuilder shutDownWhenJobsEnd(boolean enabled) {
        this.endsWithJobs = enabled;
        return this;
    }

    /**
     * Sets the phases of jobs whose options name none: both 0 by default.
     *
     * @param running the phase of running jobs
     * @param shutdown the phase of shutdown jobs
     */
    public GracefulManagerBuilder defaultPhases(int running, int shutdown) {
        this.runningPhase = running;
        this.shutdownPhase = shutdown;
        return this;
    }

    /**
     * Sets whether jobs run on virtual threads, which Java has from 21 on: they do not by default.
     *
     * @param enabled whether jobs run on virtual threads instead of platform threads
     */
    public GracefulManagerBuilder virtualThreads(boolean enabled) {
        this.virtualThreads = enabled;
        return this;
    }

    /**
     * Ties the manager to a context, be it of a job or of another manager: it shuts down when that is cancelled, within
     * the time that is left there.
     *
     * @param context the parent
     */
    public GracefulManagerBuilder parent(JobContext context) {
        this.parent = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Leaves it to a framework to stop the manager: a request for shutdown only begins it, and tells the framework,
     * which then goes on through {@link GracefulManager#phaseControl()}. Of no use to applications.
     *
     * @param framework is told of a shutdown that it did not begin itself
     */
    public GracefulManagerBuilder delegate(ShutdownDelegate framework) {
        this.delegate = Objects.requireNonNull(framework, "framework");
        return this;
    }

    /**
     * Adds a listener, which is told how jobs and the shutdown go.
     *
     * @param listener the listener
     */
    public GracefulManagerBuilder listener(ShutdownListener listener) {
        this.listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a decorator, which puts something around every job. The one that is added first is the outermost.
     *
     * @param decorator the decorator; what it throws, whoever registers a job gets
     */
    public GracefulManagerBuilder jobDecorator(JobDecorator decorator) {
        this.decorators.add(Objects.requireNonNull(decorator, "decorator"));
        return this;
    }

    /**
     * Sets where the manager logs: to the logger named after {@link GracefulManager} by default.
     *
     * @param newLogger the logger
     */
    public GracefulManagerBuilder logger(Logger newLogger) {
        this.logger = Objects.requireNonNull(newLogger, "newLogger");
        return this;
    }

    /**
     * Sets what all time is measured with: {@link Ticker#system()} by default. For tests, which move time by hand.
     *
     * @param newTicker tells how time goes by
     */
    public GracefulManagerBuilder ticker(Ticker newTicker) {
        this.ticker = Objects.requireNonNull(newTicker, "newTicker");
        return this;
    }

    /**
     * Sets the clock on the wall, which a report has its beginning from: the system's by default. For tests.
     *
     * @param newClock tells what time it is
     */
    public GracefulManagerBuilder clock(Clock newClock) {
        this.clock = Objects.requireNonNull(newClock, "newClock");
        return this;
    }

    GracefulManagerBuilder hooks(JvmHooks newHooks) {
        this.hooks = newHooks;
        return this;
    }

    GracefulManagerBuilder signalHub(SignalHub newHub) {
        this.signalHub = newHub;
        return this;
    }

    GracefulManagerBuilder threads(Threads ofJobs, Threads own) {
        this.threads = ofJobs;
        this.ownThreads = own;
        return this;
    }

    /**
     * Builds the manager.
     *
     * @throws IllegalArgumentException if the grace period is not positive, another duration is negative, or the
     *     reserve longer than the grace period
     * @throws UnsupportedOperationException if virtual threads are asked for and this JVM has none
     */
    public GracefulManager build() {
        return new GracefulManager(new Settings(
                new GracePeriod(gracePeriod, reserve, interruptLead),
                autoStart,
                endsWithJobs,
                runningPhase,
                shutdownPhase,
                parent,
                delegate,
                List.copyOf(listeners),
                List.copyOf(decorators),
                jobThreads(),
                logger,
                FlightLog.system(),
                new Jvm(ticker, clock, hooks, signalsOfProcess(), ownThreads)));
    }

    /** Whoever has no use for signals does not even load what listens to them. */
    private @Nullable SignalHub signalsOfProcess() {
        if (!signals) {
            return null;
        }
        SignalHub custom = signalHub;
        return custom == null ? SignalHub.ofProcess() : custom;
    }

    private Threads jobThreads() {
        Threads custom = threads;
        if (custom != null) {
            return custom;
        }
        return virtualThreads ? Threads.virtual() : Threads.platform();
    }
}
