package io.github.graceful4j.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which something's time is up, on a {@link Ticker}; or no such moment at all.
 *
 * <p>Public for tests of jobs: with a ticker of their own they get by without sleeping.
 *
 * <p>Immutable and thread-safe. Deadlines are ordered by when they come, but equal to themselves only.
 */
public final class Deadline implements Comparable<Deadline> {

    /**
     * No limit, wherever this library takes or returns a duration: what a deadline that never comes leaves. It is about
     * 292 years, the longest duration that still converts to nanoseconds, so it can be handed to any method that takes
     * a timeout.
     */
    public static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

    // Ticks compare by their difference, which is only meaningful up to half the range of a long.
    private static final Duration FARTHEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    // Half of that again, so that a deadline which has long passed compares with one that is far away, for ages.
    private static final Duration LONGEST_PAST = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final Ticker ticker;
    private final long tick;
    private final boolean never;

    private Deadline(Ticker ticker, long tick, boolean never) {
        this.ticker = ticker;
        this.tick = tick;
        this.never = never;
    }

    /**
     * Returns the deadline that lies {@code duration} from now, as {@code ticker} tells it.
     *
     * @param duration how far ahead the deadline lies; zero or less gives a deadline that has already passed, and one
     *     of 146 years or more never comes
     * @param ticker tells the time, now and later
     */
    public static Deadline after(Duration duration, Ticker ticker) {
        return after(ticker.read(), duration, ticker);
    }

    /**
     * Returns the deadline that lies {@code duration} after {@code tick}.
     *
     * @param tick an earlier reading of {@code ticker}
     * @param duration how far after {@code tick} the deadline lies; zero if it is negative, and one of 146 years or
     *     more never comes
     * @param ticker tells the time, now and later
     */
    public static Deadline after(long tick, Duration duration, Ticker ticker) {
        if (duration.isNegative()) {
            return new Deadline(ticker, tick, false);
        }
        if (duration.compareTo(FARTHEST) >= 0) {
            return never(ticker);
        }
        return new Deadline(ticker, tick + duration.toNanos(), false);
    }

    /**
     * Returns a deadline that never comes.
     *
     * @param ticker what waits for this deadline waits on
     */
    public static Deadline never(Ticker ticker) {
        return new Deadline(ticker, 0, true);
    }

    /** Returns whether this deadline never comes. */
    public boolean isNever() {
        return never;
    }

    /** Returns whether this deadline has come. */
    public boolean hasPassed() {
        return !never && tick - ticker.read() <= 0;
    }

    /** Returns the time left: zero once this deadline has passed, {@link #UNLIMITED} if it never comes. */
    public Duration remaining() {
        return never ? UNLIMITED : Duration.ofNanos(Math.max(0, tick - ticker.read()));
    }

    /**
     * Returns this deadline moved earlier.
     *
     * @param lead by how much, a negative one moves it later; a deadline that never comes stays as it is
     */
    public Deadline minus(Duration lead) {
        if (never) {
            return this;
        }
        long now = ticker.read();
        Duration left = Duration.ofNanos(tick - now).minus(clamped(lead));
        if (left.compareTo(FARTHEST) >= 0) {
            return never(ticker);
        }
        return new Deadline(ticker, now + max(left, LONGEST_PAST.negated()).toNanos(), false);
    }

    /** What is added to or taken from a duration must not take that beyond what a duration can be. */
    private static Duration clamped(Duration lead) {
        Duration shorter = lead.compareTo(UNLIMITED) < 0 ? lead : UNLIMITED;
        return max(shorter, UNLIMITED.negated());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * Returns the deadline that comes first.
     *
     * @param other a deadline on the same ticker
     */
    public Deadline earlier(Deadline other) {
        return isBefore(other) ? this : other;
    }

    /**
     * Returns the deadline that comes last.
     *
     * @param other a deadline on the same ticker
     */
    public Deadline later(Deadline other) {
        return isBefore(other) ? other : this;
    }

    /**
     * Returns whether this deadline comes before another.
     *
     * @param other a deadline on the same ticker
     */
    public boolean isBefore(Deadline other) {
        return !never && (other.never || tick - other.tick < 0);
    }

    @Override
    public int compareTo(Deadline other) {
        if (isBefore(other)) {
            return -1;
        }
        return other.isBefore(this) ? 1 : 0;
    }

    /**
     * Parks the calling thread until this deadline comes, the thread is unparked, or it is interrupted; like
     * {@link Ticker#parkUntil}, it may return earlier.
     *
     * @param blocker the object that a thread dump shows as what is waited for
     */
    public void park(Object blocker) {
        if (never) {
            LockSupport.park(blocker);
        } else {
            ticker.parkUntil(blocker, tick);
        }
    }

    /**
     * Waits until {@code future} is done or this deadline comes. An interrupt does not end the wait; the thread is left
     * interrupted.
     *
     * @param future what is waited for; how it completes does not matter
     * @return whether {@code future} is done
     */
    public boolean awaitUninterruptibly(CompletableFuture<?> future) {
        Thread waiter = Thread.currentThread();
        // Whoever waits in vain, again and again, must not leave his thread behind in the future each time.
        AtomicReference<@Nullable Thread> woken = new AtomicReference<>(waiter);
        future.whenComplete((value, failure) -> LockSupport.unpark(woken.get()));
        boolean interrupted = false;
        while (!future.isDone() && !hasPassed()) {
            park(future);
            interrupted |= Thread.interrupted();
        }
        woken.set(null);
        if (interrupted) {
            waiter.interrupt();
        }
        return future.isDone();
    }

    @Override
    public String toString() {
        return never ? "never" : "in " + remaining();
    }
}
