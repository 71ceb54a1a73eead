package io.github.graceful4j;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.RestartPolicy;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One life of a manager, which several threads and its own jobs register jobs with, cancel them, pause and shut down.
 *
 * <p>Unless time runs out, it stands still, so that no job is ever late.
 */
final class StressRound {

    private static final int ACTORS = 4;
    private static final int STEPS = 10;
    private static final int PHASES = 3;
    private static final long PAUSE_NANOS = 100_000;
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final ShutdownReason REASON = ShutdownReason.requested("stress");

    private final ManualTicker ticker = new ManualTicker();
    private final StressLog log = new StressLog();
    private final CountDownLatch stubbornJobsMayEnd = new CountDownLatch(1);
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final long seed;
    private final boolean timeRunsOut;
    private final GracefulManager manager;

    StressRound(long seed, boolean timeRunsOut) {
        this.seed = seed;
        this.timeRunsOut = timeRunsOut;
        this.manager = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(new Random(seed).nextInt(4) > 0)
                .listener(log)
                .build();
    }

    StressLog log() {
        return log;
    }

    void play() {
        CyclicBarrier together = new CyclicBarrier(ACTORS);
        List<CompletableFuture<?>> actors = new ArrayList<>();
        for (int actor = 0; actor < ACTORS; actor++) {
            Random random = new Random(seed + actor);
            actors.add(CompletableFuture.runAsync(
                    () -> act(random, together), task -> new Thread(task, "stress-actor").start()));
        }
        actors.forEach(CompletableFuture::join);
        manager.shutdown(REASON);
        while (timeRunsOut && manager.state() != ManagerState.TERMINATED) {
            letTimePass();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        manager.done().toCompletableFuture().join();
        stubbornJobsMayEnd.countDown();
        log.ended(manager);
    }

    private void letTimePass() {
        if (timeRunsOut) {
            ticker.advance(DELAY);
        }
    }

    private void act(Random random, CyclicBarrier together) {
        int shutdownAt = random.nextInt(3 * STEPS);
        try {
            together.await();
        } catch (Exception e) {
            throw new AssertionError("Nobody breaks the barrier", e);
        }
        for (int step = 0; step < STEPS; step++) {
            if (step == shutdownAt) {
                manager.shutdown(REASON);
            }
            step(random);
        }
    }

    private void step(Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> addRunningJob(random);
            case 4, 5, 6, 7 -> addShutdownJob(random);
            case 8 -> manager.phaseControl().pause(random.nextInt(PHASES));
            case 9 -> start();
            case 10 -> letTimePass();
            default -> cancelOne(random);
        }
    }

    private void start() {
        try {
            manager.start();
        } catch (IllegalArgumentException e) {
            // A job that another one has to run after was cancelled before the start: nothing is started then.
        }
    }

    private void cancelOne(Random random) {
        if (!registrations.isEmpty()) {
            Registration registration = registrations.get(random.nextInt(registrations.size()));
            if (registration.forget()) {
                log.cancelled(registration.name());
            }
        }
    }

    private void addRunningJob(Random random) {
        String name = "running-" + names.incrementAndGet();
        RestartPolicy policy = FailurePolicy.restart()
                .withLimit(2, Deadline.UNLIMITED)
                .withDelay(timeRunsOut ? DELAY : Duration.ofMillis(1), DELAY.multipliedBy(2));
        RunningJobOptions options = RunningJobOptions.defaults()
                .withPhase(random.nextInt(PHASES))
                .withFailurePolicy(
                        switch (random.nextInt(8)) {
                            case 0 -> FailurePolicy.shutDown();
                            case 1 -> policy.withLimitThenShutDown(2, Deadline.UNLIMITED);
                            case 2, 3 -> policy;
                            default -> FailurePolicy.recordOnly();
                        });
        Job job = runningJob(random);
        try {
            accepted(manager.addRunningJob(name, job, options), JobKind.RUNNING);
        } catch (IllegalStateException e) {
            log.refused();
        }
    }

    private Job runningJob(Random random) {
        int kind = random.nextInt(timeRunsOut ? 9 : 8);
        return switch (kind) {
            case 0 -> context -> {};
            case 1 -> context -> log.fail();
            case 2 ->
                context -> {
                    context.awaitCancellation();
                    log.fail();
                };
            case 3 ->
                context -> {
                    context.onCancel(log::fail);
                    context.awaitCancellation();
                };
            case 4 ->
                context -> {
                    manager.shutdown(REASON);
                    context.awaitCancellation();
                };
            case 8 ->
                context -> {
                    ignoreInterrupts();
                    log.fail();
                };
            default -> JobContext::awaitCancellation;
        };
    }

    private void ignoreInterrupts() {
        boolean over = false;
        while (!over) {
            try {
                stubbornJobsMayEnd.await();
                over = true;
            } catch (InterruptedException e) {
                // That is what this job is for.
            }
        }
    }

    private void addShutdownJob(Random random) {
        String name = "shutdown-" + names.incrementAndGet();
        ShutdownJobOptions options = ShutdownJobOptions.defaults().withPhase(random.nextInt(PHASES));
        if (random.nextInt(3) == 0 && !registrations.isEmpty()) {
            options = options.withAfter(
                    registrations.get(random.nextInt(registrations.size())).name());
        }
        Job job = shutdownJob(random);
        try {
            accepted(
                    manager.addShutdownJob(
                            name,
                            context -> {
                                log.ran(name);
                                job.run(context);
                            },
                            options),
                    JobKind.SHUTDOWN);
        } catch (IllegalStateException | IllegalArgumentException e) {
            log.refused();
        }
    }

    private Job shutdownJob(Random random) {
        Random own = new Random(random.nextLong());
        return switch (random.nextInt(timeRunsOut ? 6 : 5)) {
            case 0 -> context -> log.fail();
            case 1 -> context -> manager.shutdown(REASON);
            case 2 -> context -> addShutdownJob(own);
            case 3 -> context -> cancelOne(own);
            case 5 ->
                context -> {
                    ignoreInterrupts();
                    log.fail();
                };
            default -> context -> {};
        };
    }

    private void accepted(Registration registration, JobKind kind) {
        log.accepted(registration.name(), kind);
        registrations.add(registration);
    }
}
