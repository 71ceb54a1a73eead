package io.github.graceful4j;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ReportPage;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.work.WorkRefusedException;
import io.github.graceful4j.work.WorkTracker;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
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
            new FanOut(1, 2).forEach(List.of(1, 2), number -> {});
            late();
        } finally {
            over.countDown();
        }
    }

    private void inTime() throws InterruptedException {
        GracefulManager manager = GracefulManager.of(settings(new Stage(), null, null));
        GracefulManager child = GracefulManager.of(settings(new Stage(), manager.shutdownContext(), null));
        manager.addRunningJob("run", context -> {
            context.onCancel(() -> {});
            context.awaitCancellation();
        });
        manager.addRunningJob("cancelled", JobContext::awaitCancellation).cancel();
        manager.addShutdownJob("close", context -> look(manager));
        manager.addShutdownJob(
                "fail",
                context -> {
                    throw new IllegalStateException("priming");
                },
                ShutdownJobOptions.defaults().withAfter("close"));
        manager.addShutdownJob("cancelled", context -> {}).cancel();
        manager.phaseControl().phases();
        ReportPage.of(manager.jobs())
                .withNote("priming")
                .withLink("priming", "#")
                .withoutMessages()
                .toHtml();
        manager.state();
        operate(manager.jobControl());
        write(manager.shutdown(REASON).join());
        manager.requestedShutdown();
        child.awaitDone();
    }

    /** Looks at a shutdown that is under way. */
    private static void look(GracefulManager manager) {
        ShutdownProgress progress = manager.progress();
        if (progress != null) {
            progress.toHtml();
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // asking is what loads
    private static void operate(JobControl control) {
        control.stop("run").join();
        control.start("run");
        control.failed();
        control.whereabouts("run", JobKind.RUNNING);
    }

    private static void write(ShutdownReport report) {
        report.toText();
        report.toJson();
        report.toHtml();
    }

    private void byFramework() {
        GracefulManager manager = GracefulManager.of(settings(new Stage(), null, reason -> {}));
        PhaseControl control = manager.phaseControl();
        manager.addRunningJob("run", JobContext::awaitCancellation);
        control.start(0);
        control.pause(0).join();
        manager.shutdown(REASON);
        control.stop(0).join();
        control.finish().join();
    }

    private void failingFramework() {
        GracefulManager manager = GracefulManager.of(settings(new Stage(), null, reason -> {
            throw new IllegalStateException("priming");
        }));
        manager.close();
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
    private void late() {
        // Reflection loads the nested classes, of which one has its turn only when a signal has arrived.
        SystemSignals.class.getDeclaredClasses();
        Stage stage = new Stage();
        GracefulManager manager = GracefulManager.of(settings(stage, null, null));
        manager.addRunningJob("hang", context -> hang());
        manager.addShutdownJob("hang", context -> hang());
        new ExitWatch(stage, JobThreads.platform(), () -> {}, new SafeLogger(NOPLogger.NOP_LOGGER)).look();
        stage.signal("TSTP");
        stage.signal("TERM");
        stage.signal("INT");
        stage.exit();
        write(manager.done().join());
    }

    private void hang() {
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                // That is what it rehearses.
            }
        }
    }

    private static ManagerSettings settings(
            Stage stage, @Nullable JobContext parent, @Nullable Consumer<ShutdownReason> delegate) {
        JobThreads threads = (name, work) -> {
            Thread thread = new Thread(work, Priming.THREAD);
            thread.setDaemon(true);
            return thread;
        };
        return new ManagerSettings(
                new GracePeriod(Duration.ofSeconds(30), null, Duration.ofSeconds(1)),
                true,
                true,
                0,
                0,
                parent,
                delegate,
                List.of(new ShutdownListener() {}),
                List.of(),
                threads,
                NOPLogger.NOP_LOGGER,
                new Jvm(
                        new SkippingTicker(),
                        Clock.systemUTC(),
                        stage,
                        stage,
                        code -> {},
                        threads,
                        FlightLog.silent(),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)));
    }

    /** A JVM in which nothing happens but what is rehearsed. */
    private static final class Stage implements JvmHooks, Signals, Signals.Previous {

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
        public boolean isManager() {
            return false;
        }

        @Override
        public void handle() {}

        private void signal(String name) {
            Handler handler = handlers.get(name);
            if (handler != null) {
                handler.handle(0, this);
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
