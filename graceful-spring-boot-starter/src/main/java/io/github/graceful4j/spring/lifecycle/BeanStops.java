package io.github.graceful4j.spring.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;

/**
 * The beans that are stopped as a context is closed, phase by phase. Spring tells nobody which phase it is at, but it
 * asks each bean of a phase whether it runs before it waits for that phase; so it is at the highest of which not all
 * beans have been asked.
 *
 * <p>Thread-safe: the beans and what is known of each are guarded by {@code this}; phases are confined to the thread
 * that closes the context.
 */
final class BeanStops {

    /** What of the library's own takes part, and is told of as jobs and not as beans. */
    private static final String OURS = "graceful";

    private static final String OUR_TYPES = "io.github.graceful4j.spring.";

    /** What is waited for as the library's own jobs are, but told of as any other bean. */
    static final String FINAL_PUSH = "gracefulFinalPush";

    private final WatchedClose close;
    private final List<StoppingBean> beans = new ArrayList<>();
    private final TreeMap<Integer, Integer> unasked = new TreeMap<>();
    private final List<StoppingBean> unawaited = new ArrayList<>();
    private final Thread closing = Thread.currentThread();
    private boolean sorted;
    private int phase;
    private boolean inPhase;

    BeanStops(WatchedClose close) {
        this.close = close;
    }

    /** Returns whether the calling thread is the one that closes the context, and not one that stops it as well. */
    boolean isOnClosingThread() {
        return Thread.currentThread().equals(closing);
    }

    /** Returns whether a bean is one of the library's own. */
    static boolean isOurs(String name, Object bean) {
        return name.startsWith(OURS) && bean.getClass().getName().startsWith(OUR_TYPES);
    }

    /** Returns what stands for a bean from now on. */
    Lifecycle watch(String name, Lifecycle bean) {
        boolean ours = isOurs(name, bean);
        StoppingBean stopping = bean instanceof SmartLifecycle smart
                ? new StoppingSmartBean(name, smart, ours, this)
                : new StoppingBean(name, bean, ours, this);
        synchronized (this) {
            beans.add(stopping);
        }
        return stopping;
    }

    /** A bean is about to be asked whether it runs: its phase has its turn, or one that it depends on a bean of. */
    void turnOf(StoppingBean bean) {
        sort();
        int turn = unasked.isEmpty() ? bean.getPhase() : unasked.lastKey();
        if (!inPhase || turn != phase) {
            endPhase();
            phase = turn;
            inPhase = true;
        }
        int own = bean.getPhase();
        Integer left = unasked.get(own);
        if (left != null && left > 1) {
            unasked.put(own, left - 1);
        } else {
            unasked.remove(own);
        }
        bound();
    }

    /** Once Spring has asked all beans for their phases. */
    private void sort() {
        if (!sorted) {
            sorted = true;
            synchronized (this) {
                for (StoppingBean bean : beans) {
                    Integer before = unasked.get(bean.getPhase());
                    unasked.put(bean.getPhase(), before == null ? 1 : before + 1);
                }
            }
        }
    }

    boolean isOfAnotherPhase(StoppingBean bean) {
        return bean.getPhase() != phase;
    }

    /** Spring reads the time for a phase when it has asked all beans of it, so it is set as each has been. */
    void bound() {
        if (inPhase) {
            close.bound(phase);
        }
    }

    synchronized void awaitInPlaceOfSpring(StoppingBean bean) {
        unawaited.add(bean);
    }

    /** All phases are over. */
    void end() {
        endPhase();
        inPhase = false;
    }

    private void endPhase() {
        if (inPhase) {
            giveUpThoseAsked(); // before what Spring did not wait for: it has taken its time
        }
        for (StoppingBean bean : List.copyOf(unawaited)) {
            await(bean, bean.isOurs() ? close.mostForOurs() : close.leftFor(phase));
        }
        synchronized (this) {
            for (StoppingBean bean : unawaited) {
                bean.giveUp();
            }
            unawaited.clear();
        }
    }

    /** In slices: Spring takes a thread that waits without a limit for one that is stuck, and interrupts it. */
    private void await(StoppingBean bean, long millis) {
        long began = System.nanoTime();
        boolean interrupted = false;
        synchronized (this) {
            long left = millis;
            while (!bean.isOver() && left > 0) {
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Spring has gone on: what it waited for, and has not stopped by now, is not waited for any more. */
    private synchronized void giveUpThoseAsked() {
        for (StoppingBean bean : beans) {
            if (bean.isAsked() && !bean.isOver() && !unawaited.contains(bean)) {
                bean.giveUp();
            }
        }
    }

    /** Returns the names of the beans that were asked to stop and are waited for, without those that stand for jobs. */
    synchronized List<String> hanging() {
        List<String> hanging = new ArrayList<>();
        for (StoppingBean bean : beans) {
            if (bean.isAsked() && !bean.isOver() && !bean.isOurs()) {
                hanging.add(bean.name());
            }
        }
        return hanging;
    }

    /** Returns the beans that were asked to stop, without those that stand for jobs, in the order of the asking. */
    synchronized List<StoppingBean> stopped() {
        List<StoppingBean> stopped = new ArrayList<>();
        for (StoppingBean bean : beans) {
            if (bean.isAsked() && (!bean.isOurs() || bean.name().equals(FINAL_PUSH))) {
                stopped.add(bean);
            }
        }
        return stopped;
    }
}
