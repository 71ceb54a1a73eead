package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.StepResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * The close of a context, and a thread beside the one that closes it: that looks at what takes long where Spring tells
 * nobody, says at the deadline what blocks the close, and in the end what it waited for. Where a close goes well, it
 * sleeps until that is over. What can be known before is looked up at the start, where the code that does it is warm.
 *
 * <p>Thread-safe: what changes is guarded by {@code this}, except what is volatile, what {@link #watch} writes before
 * it starts the thread beside, and what is confined to that thread.
 */
abstract class WatchedClose implements Runnable {

    private static final Logger logger = LoggerFactory.getLogger(WatchedClose.class);

    /** What phases that come after the deadline get, for what stops at once; in milliseconds, as all times here. */
    static final long FLOOR = 100;

    static final long NO_LIMIT = Long.MAX_VALUE;

    /** What is over sooner is not looked at. */
    private static final long UNNOTICED = 30;

    private static final long INTERVAL = 10;

    /** How long the closing thread waits for what is told at the end. */
    private static final long FOR_TELLING = 500;

    /** How long after all beans were destroyed it may take until the context is closed, and how often that is told. */
    private static final long FOR_THE_REST = 100;

    /** What comes one after the other: listeners hear of the close, beans are stopped, beans are destroyed. */
    private static final int BEGUN = 0;

    private static final int LISTENERS = 1;
    private static final int PHASES = 2;
    private static final int DESTRUCTION = 3;
    private static final int ENDED = 4;

    private final ConfigurableApplicationContext context;
    private final DefaultLifecycleProcessor processor;
    private @Nullable ForeignProcessor foreign;
    private volatile @Nullable Thread closing;
    private long began;
    private int nesting;
    private int stage = BEGUN;
    private long stageBegan;
    private long looked;
    private boolean late;
    private boolean told;
    private volatile boolean failed;
    private volatile boolean resting;
    private @Nullable BeanStops stops;
    private @Nullable ClosingThreadSamples samples;

    /**
     * Prepares for the close of a context that starts.
     *
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if its phases can't be kept within the
     *     grace period
     */
    WatchedClose(ConfigurableApplicationContext context) {
        this.context = context;
        this.processor = GracefulLifecycleProcessor.of(context);
    }

    /** Returns how much of the grace period is left; {@link #NO_LIMIT} where it has none, negative when it is over. */
    abstract long left();

    /** Returns how long a phase that stops now may take, apart from what the library does in it. */
    abstract long leftFor(int phase);

    /** Returns how long the library itself may take in a phase; more than it ever should. */
    abstract long mostForOurs();

    /** Returns how long the thread beside may sleep without a look at what is left. */
    abstract long longestSleep();

    /** Returns what tells how long the close had to wait for the start, and for which beans. */
    abstract ExitWatch exit();

    /** Called when the thread beside is awake, before the deadline. */
    abstract void beforeDeadline();

    /** Called once, at the deadline, on the thread beside. */
    abstract void atDeadline() throws InterruptedException;

    /** Returns whether there is something to tell of a close that took so long, and is over. */
    abstract boolean isWorthTelling(long elapsed);

    /** Called once, when all beans are destroyed, on the thread beside. */
    abstract void tell(long elapsed);

    /**
     * Called time and again on the thread beside while the close goes on though all beans are destroyed.
     *
     * @param times how many times it has been
     */
    abstract void tellAgain(long elapsed, int times);

    /** Lets the lifecycle processor know which close it is that it will take part in. */
    public final void prepare() {
        if (processor instanceof GracefulLifecycleProcessor ours) {
            ours.watch(this);
        } else {
            foreign = new ForeignProcessor(processor, context, this);
            foreign.watch();
        }
    }

    /** Begins to watch over the close that goes on, on the current thread, with all that comes before listeners. */
    abstract void begin();

    /** Begins to watch over the close that goes on, on the current thread. */
    final void watch() {
        began = System.nanoTime();
        nesting = closesIn(Thread.currentThread().getStackTrace());
        closing = Thread.currentThread();
        stageBegan = began;
        Thread beside = new Thread(this, "graceful-watchdog");
        beside.setDaemon(true);
        beside.start();
    }

    /**
     * Returns how many contexts a thread closes: a context that has something to do of its own has a method of its own
     * around that of Spring, and both count once. Here, so that nothing else is loaded for it.
     */
    private static int closesIn(StackTraceElement[] stack) {
        int closes = 0;
        boolean inClose = false;
        for (StackTraceElement frame : stack) {
            boolean close = BlockingBeans.CLOSE.equals(frame.getMethodName());
            if (close && !inClose) {
                closes++;
            }
            inClose = close;
        }
        return closes;
    }

    /** From now on, listeners that are not ours are told of the close. */
    final void listenersBegin() {
        enter(LISTENERS);
    }

    /** From now on, beans are stopped; a listener that failed may have kept the event of the close from ours. */
    final void phasesBegan(BeanStops begun) {
        if (closing == null) {
            begin();
        }
        synchronized (this) {
            stops = begun;
        }
        enter(PHASES);
    }

    /** Bounds a phase that stops now. */
    final void bound(int phase) {
        if (processor instanceof GracefulLifecycleProcessor ours) {
            ours.bound(phase, leftFor(phase));
        } else if (foreign != null) {
            foreign.bound(phase, leftFor(phase));
        }
    }

    /** From now on, beans are destroyed. */
    final void phasesEnded() {
        enter(DESTRUCTION);
    }

    private synchronized void enter(int next) {
        if (stage < next) {
            long now = System.nanoTime();
            ClosingThreadSamples taken = samples;
            if (taken != null) {
                taken.end(now);
            }
            stage = next;
            stageBegan = now;
            notifyAll();
        }
    }

    /** All beans are destroyed; waits a moment for what there is to tell of it, which must not be lost at the exit. */
    final synchronized void end() {
        if (closing == null || stage == ENDED) {
            return;
        }
        enter(ENDED);
        if (foreign != null && stops == null) {
            foreign.sayThatNothingWasSeen();
        }
        if (!isWorthTelling(elapsed())) {
            return;
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FOR_TELLING);
        boolean interrupted = false;
        for (long left = FOR_TELLING; !told && left > 0; left = millis(until - System.nanoTime())) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    final ConfigurableApplicationContext context() {
        return context;
    }

    /** Returns how long the close has taken, or took. */
    final synchronized long elapsed() {
        return millis((stage == ENDED && !resting ? stageBegan : System.nanoTime()) - began);
    }

    /** Returns how long ago the close began, whether it is over or not. */
    final long sinceBegin() {
        return millis(System.nanoTime() - began);
    }

    /** Returns whether the deadline has passed before the close was over. */
    final synchronized boolean isLate() {
        return late;
    }

    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public final void run() {
        try {
            while (isOpen()) {
                look();
                sleep();
            }
            tellOnce();
            watchTheRest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellOnce() {
        try {
            if (isWorthTelling(elapsed())) {
                tell(elapsed());
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            setTold();
        }
    }

    /**
     * Says once that something failed. Whatever is looked at or described here may throw, also for want of memory; this
     * is what is left when all else fails, so it goes on.
     */
    final void failed(Throwable thrown) {
        if (!failed) {
            failed = true;
            try {
                logger.error("Application context '{}' is not watched over as it should be", context.getId(), thrown);
            } catch (RuntimeException | Error e) {
                // There is no place left to say it.
            }
        }
    }

    private synchronized void setTold() {
        told = true;
        notifyAll();
    }

    /** Where nobody tells of the end, a context that is not active any more has come to it. */
    private boolean isOpen() {
        if (!context.isActive()) {
            enter(ENDED);
        }
        synchronized (this) {
            return stage != ENDED;
        }
    }

    private void look() throws InterruptedException {
        try {
            lookAtTime();
            if (untilNextSample() == 0) {
                sample();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void lookAtTime() throws InterruptedException {
        if (!isLate()) {
            if (left() > 0 || sinceBegin() < FLOOR) { // one that begins late has had no time to block
                beforeDeadline();
            } else {
                setLate();
                atDeadline();
            }
        }
    }

    private synchronized void setLate() {
        late = true;
    }

    private synchronized long untilNextSample() {
        boolean unseen = !failed && (stage == LISTENERS || stage == DESTRUCTION);
        if (!unseen) {
            return NO_LIMIT;
        }
        long due = Math.max(stageBegan + nanos(UNNOTICED), looked + nanos(INTERVAL));
        return Math.max(0, millis(due - System.nanoTime() + nanos(1) - 1)); // never less than until then
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void sample() {
        Thread thread = closing;
        if (thread == null) {
            return;
        }
        long since;
        synchronized (this) {
            since = stageBegan;
        }
        ClosingThreadSamples taken = samples();
        StackTraceElement[] stack = thread.getStackTrace();
        long now = System.nanoTime();
        ClosingThreadSamples.Seen seen = taken.look(stack);
        synchronized (this) {
            looked = now;
            if (since == stageBegan) {
                taken.add(seen, now, since);
            }
        }
    }

    private synchronized ClosingThreadSamples samples() {
        ClosingThreadSamples known = samples;
        if (known == null) {
            known = new ClosingThreadSamples(new BlockingBeans(context.getBeanFactory(), nesting));
            samples = known;
        }
        return known;
    }

    @SuppressWarnings("WaitNotInLoop") // run() is the loop, and looks at everything anew
    private synchronized void sleep() throws InterruptedException {
        long most = Math.min(longestSleep(), untilNextSample());
        if (!late) {
            most = Math.min(most, Math.max(left(), 1));
        }
        if (stage != ENDED && most > 0) {
            wait(most == NO_LIMIT ? 0 : most);
        }
    }

    /** A sleep would load a class more on newer JVMs. */
    private synchronized void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.timedWait(this, FOR_THE_REST);
    }

    /**
     * What is left when all beans are destroyed: those that were there before ours, and what some contexts do last, as
     * to destroy their web server. Nobody tells when that is over, and the process may end right then; so it is told
     * again and again.
     */
    private void watchTheRest() throws InterruptedException {
        pause();
        for (int times = 1; isClosing(); times++) {
            resting = true;
            if (!isLate() && left() <= 0) {
                look();
            }
            tellOfTheRest(times);
            pause();
        }
    }

    private boolean isClosing() {
        Thread thread = closing;
        return context.isActive() || (thread != null && isInRest(thread.getStackTrace()));
    }

    /**
     * Returns whether the thread is where this context was closed, but not in Spring's own part of that: in that it may
     * be with the next context that it closes.
     */
    private boolean isInRest(StackTraceElement[] stack) {
        int closes = 0;
        boolean inClose = false;
        boolean inRest = false;
        for (int i = stack.length - 1; i >= 0 && closes <= nesting; i--) {
            boolean close = BlockingBeans.CLOSE.equals(stack[i].getMethodName());
            if (close && !inClose) {
                closes++;
            }
            if (close && closes == nesting) {
                inRest = !BlockingBeans.CLOSES.equals(stack[i].getClassName());
            }
            inClose = close;
        }
        return inRest;
    }

    private void tellOfTheRest(int times) {
        try {
            tellAgain(sinceBegin(), times);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /**
     * Returns what the close has waited for up to now, apart from jobs, in the order in which it began.
     *
     * @param offset how many nanoseconds before this close the shutdown was requested
     */
    final List<StepResult> steps(long offset) {
        BeanStops stopped;
        ClosingThreadSamples taken;
        long rest;
        synchronized (this) {
            stopped = stops;
            taken = samples;
            rest = resting ? stageBegan : CloseSteps.NO_REST;
        }
        return CloseSteps.of(context, exit(), stopped, taken, rest, began - offset);
    }

    /** Returns the names of what the close waits for now, apart from jobs, as far as it is known. */
    final List<String> waitingFor() {
        BeanStops stopped;
        ClosingThreadSamples taken;
        synchronized (this) {
            stopped = stage == PHASES ? stops : null;
            taken = stage == ENDED ? null : samples;
        }
        if (stopped != null) {
            return stopped.hanging();
        }
        String current = taken == null ? null : taken.current(System.nanoTime());
        return current == null ? List.of() : List.of(current);
    }

    /** Says which beans hold the close up, and where its thread is. */
    final void logBlocked(long gracePeriod) {
        Thread thread = closing;
        BeanStops stopped;
        synchronized (this) {
            stopped = stage == PHASES ? stops : null;
        }
        if (thread != null) {
            BlockedClose.report(context, thread, stopped, nesting, gracePeriod);
        }
    }
}
