package io.github.graceful4j.spring.lifecycle;

import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;

/**
 * Stands for a bean with a lifecycle while its context is closed: has it stopped as it would be otherwise, and notes
 * when that began and ended.
 *
 * <p>Thread-safe: all that changes is guarded by the stops that it belongs to, except what only the thread that closes
 * the context reads and writes.
 */
class StoppingBean implements Lifecycle, Phased {

    final BeanStops stops;
    private final String name;
    private final Lifecycle bean;
    private final boolean ours;
    private boolean phaseKnown;
    private int phase;
    private boolean asked;
    private boolean over;
    private boolean timedOut;
    private long began;
    private long ended;

    StoppingBean(String name, Lifecycle bean, boolean ours, BeanStops stops) {
        this.name = name;
        this.bean = bean;
        this.ours = ours;
        this.stops = stops;
    }

    String name() {
        return name;
    }

    Lifecycle bean() {
        return bean;
    }

    /** Returns whether it keeps its time itself, so that Spring's time for its phase does not hold for it. */
    boolean isOurs() {
        return ours;
    }

    /** Asks the bean once: Spring sorts by the answer, and one that changes later would be in two phases. */
    @Override
    public int getPhase() {
        if (!phaseKnown) {
            phase = bean instanceof Phased phased ? phased.getPhase() : 0;
            phaseKnown = true;
        }
        return phase;
    }

    @Override
    public void start() {
        bean.start();
    }

    /** While a context is closed, Spring asks this once of each bean, right before it stops it. */
    @Override
    public boolean isRunning() {
        stops.turnOf(this);
        try {
            return bean.isRunning();
        } finally {
            stops.bound();
        }
    }

    @Override
    public void stop() {
        began();
        try {
            bean.stop();
        } finally {
            ended();
            stops.bound();
        }
    }

    final void began() {
        synchronized (stops) {
            asked = true;
            began = System.nanoTime();
        }
    }

    /** Takes note of its end; returns whether that is the first one. */
    final boolean ended() {
        synchronized (stops) {
            if (over) {
                return false;
            }
            over = true;
            ended = System.nanoTime();
            stops.notifyAll();
            return true;
        }
    }

    /** Its phase is over, and it is not. */
    final void giveUp() {
        synchronized (stops) {
            if (!over) {
                over = true;
                timedOut = true;
                ended = System.nanoTime();
            }
        }
    }

    // What follows is called by whoever holds the lock of the stops.

    boolean isAsked() {
        return asked;
    }

    boolean isOver() {
        return over;
    }

    boolean isTimedOut() {
        return timedOut;
    }

    long beganAt() {
        return began;
    }

    long endedAt(long now) {
        return over ? ended : now;
    }
}
