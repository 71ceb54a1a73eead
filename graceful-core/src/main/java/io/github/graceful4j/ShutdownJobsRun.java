package io.github.graceful4j;

import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the shutdown jobs of one phase: each as soon as those it has to run after are over, and all others beside it.
 *
 * <p>Confined to the thread that calls {@link #run()}, except for {@code ended} and {@code wakeUp}, through which the
 * threads of jobs that end report to it.
 */
final class ShutdownJobsRun {

    private final Ticker ticker;
    private final Deadline deadline;
    private final List<Node> nodes = new ArrayList<>();
    private final Deque<Node> ready = new ArrayDeque<>();
    private final PriorityQueue<Node> byLimit = new PriorityQueue<>(Comparator.comparing(node -> node.limit));
    private final Queue<Node> ended = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<@Nullable Void> wakeUp = new CompletableFuture<>();
    private @Nullable Node lastToEnd;

    /**
     * Prepares to run jobs.
     *
     * @param deadline when jobs without a shorter timeout are given up, unless they were started only just before
     */
    ShutdownJobsRun(List<ShutdownJob> jobs, Ticker ticker, Deadline deadline) {
        this.ticker = ticker;
        this.deadline = deadline;
        Map<String, Node> byName = new LinkedHashMap<>();
        jobs.forEach(job -> byName.put(job.name(), new Node(job, Deadline.never(ticker))));
        nodes.addAll(byName.values());
        nodes.forEach(node -> node.job.after().stream().map(byName::get).forEach(earlier -> node.waitFor(earlier)));
    }

    /** Runs the jobs, and returns when each of them has ended, was given up, or was found removed. */
    void run() {
        nodes.stream().filter(node -> node.waitingFor == 0).forEach(ready::add);
        int open = nodes.size();
        while (open > 0) {
            wakeUp = new CompletableFuture<>();
            startReady();
            giveUpLate();
            for (Node node = ended.poll(); node != null; node = ended.poll()) {
                open--;
                release(node);
            }
            if (open > 0 && ready.isEmpty()) {
                nextLimit().awaitUninterruptibly(wakeUp);
            }
        }
    }

    private void startReady() {
        for (Node node = ready.poll(); node != null; node = ready.poll()) {
            start(node);
        }
    }

    private void start(Node node) {
        node.limit = deadline.later(Deadline.after(GracePeriod.FLOOR, ticker));
        if (!node.job.timeout().isZero()) {
            node.limit = node.limit.earlier(Deadline.after(node.job.timeout(), ticker));
        }
        if (!node.job.tryStart(node.limit)) {
            ended.add(node);
            return;
        }
        byLimit.add(node);
        node.job.run().ending().thenRun(() -> {
            ended.add(node);
            wakeUp.complete(null);
        });
    }

    private void giveUpLate() {
        while (!byLimit.isEmpty() && byLimit.element().limit.hasPassed()) {
            byLimit.remove().job.run().giveUp();
        }
    }

    private Deadline nextLimit() {
        while (!byLimit.isEmpty() && byLimit.element().job.run().isEnded()) {
            byLimit.remove();
        }
        return byLimit.isEmpty() ? Deadline.never(ticker) : byLimit.element().limit;
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
    List<ShutdownJob> criticalPath() {
        List<ShutdownJob> path = new ArrayList<>();
        for (Node node = lastToEnd; node != null; node = node.lastWaitedFor) {
            path.add(node.job);
        }
        Collections.reverse(path);
        return path;
    }

    private static final class Node {

        private final ShutdownJob job;
        private final List<Node> followers = new ArrayList<>();
        private int waitingFor;
        private Deadline limit;
        private @Nullable Node lastWaitedFor;

        private Node(ShutdownJob job, Deadline limit) {
            this.job = job;
            this.limit = limit;
        }

        /** Returns which of two ended later by the ticker; of a job that never ran, what it waited for counts. */
        private @Nullable Node laterOf(@Nullable Node other) {
            JobRun.Ending ending = job.run().ending().getNow(null);
            if (ending == null) {
                return lastWaitedFor == null ? other : lastWaitedFor.laterOf(other);
            }
            return other == null
                            || ending.tick() - other.job.run().ending().join().tick() >= 0
                    ? this
                    : other;
        }

        /** A job of a higher phase is over already, and one whose registration was cancelled never runs. */
        private void waitFor(@Nullable Node earlier) {
            if (earlier != null) {
                earlier.followers.add(this);
                waitingFor++;
            }
        }
    }
}
