package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.jvm.FanOut;
import io.github.graceful4j.internal.jvm.Jvm;
import io.github.graceful4j.internal.jvm.JvmHooks;
import io.github.graceful4j.internal.jvm.SignalHub;
import io.github.graceful4j.internal.jvm.Signals;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.FlightLog;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ReportPage;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.ShutdownDelegate;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.work.WorkRefusedException;
import io.github.graceful4j.work.WorkTracker;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/**
 * Shuts down managers that nobody sees, in every way a shutdown can go: they log nothing, keep no process alive, and
 * touch neither signals nor hooks of the JVM.
 *
 * <p>Confined to the thread that calls {@link #run}, except for {@code over}.
 */
final class Rehearsal {

    private static final ShutdownReason REASON = ShutdownReason.requested("priming");

    private final CountDownLatch over = new CountDownLatch(1);

    void run() throws InterruptedException {
        try {
            inTime();
            byFramework();
            failingFramework();
            drain();
            new FanOut(1, 2).forEach(List.of(1, 2), number -> {}, thrown -> {});
            late();
        } finally {
            over.countDown();
        }
    }

    private void inTime() throws InterruptedException {
        ShutdownCoordinator manager = manager(new Stage(), null, null);
        JobControls jobs = new JobControls(manager);
        ShutdownCoordinator child = manager(new Stage(), manager.shutdownContext(), null);
        RunningJobOptions running = RunningJobOptions.defaults();
        ShutdownJobOptions shutdown = ShutdownJobOptions.defaults();
        jobs.add(
                "run",
                context -> {
                    context.onCancel(() -> {
                        throw new IllegalStateException("priming");
                    });
                    context.awaitCancellation();
                },
                running);
        jobs.add("forgotten", JobContext::awaitCancellation, running).forget();
        jobs.add("close", context -> look(manager), shutdown);
        jobs.add(
                "fail",
                context -> {
                    throw new IllegalStateException("priming");
                },
                shutdown.withAfter("close"));
        jobs.add("forgotten", context -> {}, shutdown).forget();
        new PhaseControls(manager, jobs).phases();
        manager.observers().log().warn("priming");
        ReportPage.of(jobs.snapshot())
                .withNote("priming")
                .withLink("priming", "#")
                .withoutMessages()
                .toHtml();
        operate(jobs);
        manager.done();
        manager.request(REASON, Deadline.UNLIMITED);
        write(manager.awaitDone(Deadline.UNLIMITED));
        child.awaitDone(Deadline.UNLIMITED);
    }

    /** Looks at a shutdown that is under way. */
    @SuppressWarnings("ReturnValueIgnored") // asking is what loads
    private static void look(ShutdownCoordinator manager) {
        new RequestedShutdown(REASON, Instant.EPOCH, Deadline.UNLIMITED).deadline();
        ShutdownProgress progress = manager.progress();
        if (progress != null) {
            progress.toHtml();
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // asking is what loads
    private static void operate(JobControls jobs) {
        jobs.stop("run").join();
        jobs.start("run");
        jobs.failed(1);
        jobs.whereabouts("run", JobKind.RUNNING);
    }

    private static void write(@Nullable ShutdownReport report) {
        if (report != null) {
            report.toText();
            report.toJson();
            report.toHtml();
        }
    }

    private static void byFramework() {
        ShutdownCoordinator manager = manager(new Stage(), null, reason -> {});
        JobControls jobs = new JobControls(manager);
        PhaseControls control = new PhaseControls(manager, jobs);
        jobs.add("run", JobContext::awaitCancellation, RunningJobOptions.defaults());
        control.start(0);
        control.pause(0).join();
        manager.request(REASON, Deadline.UNLIMITED);
        control.stop(0).join();
        control.finish().join();
    }

    private static void failingFramework() throws InterruptedException {
        ShutdownCoordinator manager = manager(new Stage(), null, reason -> {
            throw new IllegalStateException("priming");
        });
        manager.request(REASON, Deadline.UNLIMITED);
        manager.awaitDone(Deadline.UNLIMITED);
    }

    private static void drain() {
        WorkTracker tracker = new WorkTracker();
        tracker.enter().close();
        tracker.drain().join();
        try {
            tracker.enter().close();
        } catch (WorkRefusedException e) {
            // That is the way.
        }
    }

    /** Goes through signals, the JVM's exit, and jobs that do not end. */
    @SuppressWarnings("ReturnValueIgnored") // asking is what loads
    private void late() throws InterruptedException {
        Stage stage = new Stage();
        ShutdownCoordinator manager = manager(stage, null, null);
        JobControls jobs = new JobControls(manager);
        jobs.add("hang", context -> hang(), RunningJobOptions.defaults());
        jobs.add("hang", context -> hang(), ShutdownJobOptions.defaults());
        stage.isExiting();
        stage.signal("TSTP");
        stage.signal("TERM");
        stage.signal("INT");
        stage.exit();
        write(manager.awaitDone(Deadline.UNLIMITED));
    }

    private void hang() {
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                // That is what it rehearses.
            }
        }
        throw new IllegalStateException("priming");
    }

    private static ShutdownCoordinator manager(
            Stage stage, @Nullable JobContext parent, @Nullable ShutdownDelegate delegate) {
        Threads threads = Threads.own();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return ShutdownCoordinator.of(new Settings(
                new GracePeriod(Duration.ofSeconds(25), null, Duration.ofSeconds(1)),
                true,
                true,
                false,
                0,
                0,
                parent,
                delegate,
                List.of(new ShutdownListener() {}),
                List.of(),
                threads,
                NOPLogger.NOP_LOGGER,
                FlightLog.silent(),
                new Jvm(
                        new SkippingTicker(),
                        Clock.systemUTC(),
                        stage,
                        new SignalHub(stage, code -> {}, threads, () -> nowhere),
                        threads)));
    }

    /** A JVM in which nothing happens but what is rehearsed. */
    private static final class Stage implements JvmHooks, Signals, Signals.Arrival {

        private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
        private volatile @Nullable Thread hook;

        @Override
        public void add(Thread newHook) {
            hook = newHook;
        }

        @Override
        public void remove(Thread oldHook) {
            hook = null;
        }

        @Override
        public Runnable install(String name, Handler handler) {
            handlers.put(name, handler);
            return () -> handlers.remove(name);
        }

        @Override
        public int number() {
            return 0;
        }

        @Override
        public List<Runnable> guests() {
            return List.of();
        }

        @Override
        public void handOn() {}

        @Override
        public boolean handOnToHub(Runnable guest) {
            return false;
        }

        private void signal(String name) {
            Handler handler = handlers.get(name);
            if (handler != null) {
                handler.handle(this);
            }
        }

        /** Does what the hook does, on the calling thread. */
        @SuppressWarnings("DoNotCall") // a thread that is not started is a mere piece of work
        private void exit() {
            Thread exiting = hook;
            if (exiting != null) {
                exiting.run();
            }
        }
    }
}
