package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the shutdown jobs of one phase: each as soon as those it has to run after are over, and all others beside it.
 *
 * <p>Confined to the thread that calls {@link #run()}, except for {@code ended}, through which the threads of jobs that
 * end report to it.
 */
final class ShutdownJobsRun implements BooleanSupplier, TimeLimit {

    private final Ticker ticker;
    private final Allowance allowance;
    private final Thread stopping = Thread.currentThread();
    private final List<Node> nodes = new ArrayList<>();
    private final Deque<Node> ready = new ArrayDeque<>();
    private final Queue<Node> ended = new ConcurrentLinkedQueue<>();
    private PriorityQueue<Node> byLimit = new PriorityQueue<>();
    private Deadline queuedFor;
    private int located;
    private @Nullable Node lastToEnd;

    /**
     * Prepares to run jobs.
     *
     * @param allowance when it is over, jobs without a shorter timeout are given up, unless they were started only just
     *     before
     */
    ShutdownJobsRun(List<ShutdownJob> jobs, Ticker ticker, Allowance allowance) {
        this.ticker = ticker;
        this.allowance = allowance;
        this.queuedFor = allowance.deadline();
        Map<String, Node> byName = new LinkedHashMap<>();
        for (ShutdownJob job : jobs) {
            byName.put(job.name(), new Node(job));
        }
        nodes.addAll(byName.values());
        for (Node node : nodes) {
            for (String earlier : node.job.after()) {
                node.waitFor(byName.get(earlier));
            }
        }
    }

    /** Runs the jobs, and returns when each of them has ended, was given up, or was found removed. */
    void run() {
        for (Node node : nodes) {
            if (node.waitingFor == 0) {
                ready.add(node);
            }
        }
        int open = nodes.size();
        while (open > 0) {
            startReady();
            if (!allowance.await(this, this)) {
                giveUpLate();
            }
            for (Node node = ended.poll(); node != null; node = ended.poll()) {
                open--;
                release(node);
            }
        }
    }

    private void startReady() {
        for (Node node = ready.poll(); node != null; node = ready.poll()) {
            JobRun run = node.start();
            if (run == null || !run.watch(node)) {
                ended.add(node);
            } else {
                byLimit.add(node);
            }
        }
    }

    private void giveUpLate() {
        while (!byLimit.isEmpty() && byLimit.element().deadline().hasPassed()) {
            byLimit.remove().giveUp();
        }
    }

    /** Returns whether there is something to do before a limit comes: a job has ended. */
    @Override
    public boolean getAsBoolean() {
        return !ended.isEmpty();
    }

    /** Returns when the next job is to be given up. */
    @Override
    public Deadline deadline() {
        Deadline now = allowance.deadline();
        if (now.compareTo(queuedFor) != 0) {
            queuedFor = now;
            PriorityQueue<Node> again = new PriorityQueue<>();
            again.addAll(byLimit);
            byLimit = again;
        }
        while (!byLimit.isEmpty() && byLimit.element().isEnded()) {
            byLimit.remove();
        }
        return byLimit.isEmpty() ? Deadline.never(ticker) : byLimit.element().deadline();
    }

    private void release(Node node) {
        lastToEnd = node.laterOf(lastToEnd);
        for (Node later : node.followers) {
            later.lastWaitedFor = node.laterOf(later.lastWaitedFor);
            later.waitingFor--;
            if (later.waitingFor == 0) {
                ready.add(later);
            }
        }
    }

    /** Returns the jobs that were waited for, in the order in which they ran. */
    List<ShutdownJob> waitedFor() {
        List<ShutdownJob> path = new ArrayList<>();
        for (Node node = lastToEnd; node != null; node = node.lastWaitedFor) {
            path.add(node.job);
        }
        Collections.reverse(path);
        return path;
    }

    private final class Node implements TimeLimit, JobRun.Watcher, Comparable<Node> {

        private final ShutdownJob job;
        private final List<Node> followers = new ArrayList<>(0);
        private volatile Deadline own = Deadline.never(ticker);
        private volatile long started;
        private int waitingFor;
        private @Nullable Node lastWaitedFor;

        private Node(ShutdownJob job) {
            this.job = job;
        }

        private @Nullable JobRun start() {
            started = ticker.read();
            own = Deadline.after(started, job.timeout(), ticker);
            return job.start(this);
        }

        /** Even where nothing is left, a job gets the floor, also if that comes to be so while it runs. */
        @Override
        public Deadline deadline() {
            Deadline floor = Deadline.after(allowance.since(started), GracePeriod.FLOOR, ticker);
            return own.earlier(allowance.deadline().later(floor));
        }

        @Override
        public int compareTo(Node other) {
            return deadline().compareTo(other.deadline());
        }

        @Override
        public void runEnded(JobRun run, int place) {
            ended.add(this);
            LockSupport.unpark(stopping);
        }

        private boolean isEnded() {
            JobRun run = job.run();
            return run == null || run.isEnded();
        }

        private void giveUp() {
            JobRun run = job.run();
            if (run != null) {
                run.giveUp(located < StopGroup.MOST_LOCATED);
                located++;
            }
        }

        /** Returns which of two ended later by the ticker; of a job that never ran, what it waited for counts. */
        private @Nullable Node laterOf(@Nullable Node other) {
            JobRun run = job.run();
            if (run == null) {
                return lastWaitedFor == null ? other : lastWaitedFor.laterOf(other);
            }
            JobRun otherRun = other == null ? null : other.job.run();
            return otherRun == null || run.endedTick() - otherRun.endedTick() >= 0 ? this : other;
        }

        /** A job of a higher phase is over already, and one that was forgotten never runs. */
        private void waitFor(@Nullable Node earlier) {
            if (earlier != null) {
                earlier.followers.add(this);
                waitingFor++;
            }
        }
    }
}
