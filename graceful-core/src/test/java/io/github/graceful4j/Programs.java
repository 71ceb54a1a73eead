package io.github.graceful4j;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole programs for {@link ProcessTests}; each is its own {@code main}, chosen by the first argument. */
final class Programs {

    private static final Map<String, Program> ALL = Map.ofEntries(
            Map.entry("wait-for-signal", Programs::waitForSignal),
            Map.entry("work-after-done", Programs::workAfterDone),
            Map.entry("exit-after-done", Programs::exitAfterDone),
            Map.entry("two-managers", Programs::twoManagers),
            Map.entry("one-of-two-managers", Programs::oneOfTwoManagers),
            Map.entry("own-signal-handler", Programs::ownSignalHandler),
            Map.entry("count-threads", Programs::countThreads),
            Map.entry("hang", Programs::hang),
            Map.entry("exit-in-main", Programs::exitInMain),
            Map.entry("exit-in-job", Programs::exitInJob),
            Map.entry("exit-in-shutdown-job", Programs::exitInShutdownJob),
            Map.entry("exit-when-cancelled", Programs::exitWhenCancelled),
            Map.entry("leave-main", () -> leaveMain(false)),
            Map.entry("leave-main-virtual", () -> leaveMain(true)),
            Map.entry("abandon", () -> abandon(false)),
            Map.entry("abandon-virtual", () -> abandon(true)),
            Map.entry("shut-down", Programs::shutDown),
            Map.entry("leave-main-at-once", Programs::leaveMainAtOnce),
            Map.entry("cold", Programs::cold),
            Map.entry("primed-request", () -> primed(manager -> manager.shutdown(ShutdownReason.requested("test")))),
            Map.entry("primed-failure", () -> primed(Programs::addFailing)),
            Map.entry("primed-signal", () -> primed(manager -> say("ready"))));

    /** Enough jobs to be cancelled by several threads at once. */
    private static final int MANY = 1_100;

    private interface Program {
        void run() throws Exception;
    }

    private Programs() {}

    public static void main(String... arguments) throws Exception {
        Program program = ALL.get(arguments[0]);
        if (program == null) {
            throw new IllegalArgumentException(arguments[0]);
        }
        program.run();
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static GracefulManager managerWithJobs() {
        GracefulManager manager = GracefulManager.create();
        manager.addRunningJob("run", context -> {
            say("ready");
            context.awaitCancellation();
            say("cancelled");
        });
        manager.addShutdownJob("close", context -> say("closed"));
        return manager;
    }

    private static void waitForSignal() throws InterruptedException {
        managerWithJobs().awaitDone();
    }

    /** The main thread has something to say when the shutdown is over, and takes a while for it. */
    private static void workAfterDone() throws InterruptedException {
        say(managerWithJobs().awaitDone().reason().toString());
        Thread.sleep(200);
        say("main ended");
    }

    private static void exitAfterDone() throws InterruptedException {
        managerWithJobs().awaitDone();
        System.exit(7);
    }

    /** The one that was built first has more to do, and another library closes when the JVM exits. */
    private static void twoManagers() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> say("library closed")));
        GracefulManager first = GracefulManager.create();
        CountDownLatch secondIsDone = new CountDownLatch(1);
        first.addShutdownJob("slow", context -> {
            secondIsDone.await();
            say("first closed");
        });
        GracefulManager second = managerWithJobs();
        second.done().thenRun(secondIsDone::countDown);
        first.awaitDone();
        second.awaitDone();
    }

    /** The one that was built first is over long before the signal. */
    private static void oneOfTwoManagers() throws InterruptedException {
        GracefulManager first = GracefulManager.create();
        GracefulManager second = GracefulManager.create();
        second.addShutdownJob(
                "close",
                context -> say("closed by "
                        + Objects.requireNonNull(second.requestedShutdown()).reason()));
        first.close();
        say("ready");
        second.awaitDone();
    }

    /** A program that handles a signal itself, before and after the life of a manager. */
    private static void ownSignalHandler() throws ReflectiveOperationException {
        Object own = signalHandler();
        handleTerm(own);
        GracefulManager manager = GracefulManager.create();
        Object during = handleTerm(own);
        handleTerm(during);

        manager.close();

        say(during.toString());
        say(handleTerm(own).toString());
    }

    /** By reflection, since the compiler warns of a class that Java SE does not promise. */
    private static Object signalHandler() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(
                Programs.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> "toString".equals(method.getName()) ? "handler of the program" : null);
    }

    /** Installs a handler of SIGTERM, and returns the one before. */
    private static Object handleTerm(Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, type.getConstructor(String.class).newInstance("TERM"), handler);
    }

    /** Says how many threads a shutdown starts which has many jobs to cancel. */
    private static void countThreads() throws InterruptedException {
        GracefulManager manager = GracefulManager.create();
        for (int i = 0; i < MANY; i++) {
            manager.addRunningJob("run-" + i, JobContext::awaitCancellation);
        }
        awaitPriming();
        long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
        manager.close();
        say(Long.toString(ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - before));
    }

    /** A job heeds nothing, and there is all the time in the world. */
    private static void hang() throws InterruptedException {
        GracefulManager manager =
                GracefulManager.builder().gracePeriod(Duration.ofHours(1)).build();
        manager.addRunningJob("hanging", context -> {
            context.onCancel(() -> say("cancelled"));
            say("ready");
            loop(context);
        });
        manager.awaitDone();
    }

    private static void exitWhenCancelled() throws InterruptedException {
        GracefulManager manager = managerWithJobs();
        manager.addRunningJob("exit", context -> {
            say("ready to exit");
            context.awaitCancellation();
            System.exit(7);
        });
        manager.awaitDone();
    }

    private static void exitInMain() {
        managerWithJobs();
        System.exit(7);
    }

    private static void exitInJob() {
        GracefulManager manager = managerWithJobs();
        manager.addRunningJob("exit", context -> System.exit(7));
    }

    private static void exitInShutdownJob() {
        GracefulManager manager = managerWithJobs();
        manager.addShutdownJob("exit", context -> System.exit(7));
        manager.shutdown(ShutdownReason.requested("test"));
    }

    /** The main thread returns while a job is still at work, which ends on its own later. */
    private static void leaveMain(boolean virtual) {
        Thread main = Thread.currentThread();
        GracefulManager manager =
                GracefulManager.builder().virtualThreads(virtual).build();
        manager.addRunningJob("run", context -> {
            while (main.isAlive()) {
                Thread.onSpinWait();
            }
            // The thread of main is gone; give the JVM the time to exit if nothing keeps it.
            say(context.awaitCancellation(Duration.ofMillis(300)) ? "cut short" : "worked on");
        });
        manager.addShutdownJob("close", context -> say("closed"));
    }

    /** A job never ends, whatever it is told. */
    private static void abandon(boolean virtual) throws InterruptedException {
        GracefulManager manager =
                GracefulManager.builder().virtualThreads(virtual).build();
        manager.addRunningJob(
                "loop", Programs::loop, RunningJobOptions.defaults().withTimeout(Duration.ofMillis(100)));
        manager.addShutdownJob("close", context -> say("closed"));
        manager.shutdown(ShutdownReason.requested("test"));
        say(manager.awaitDone().outcome().toString());
    }

    private static void shutDown() throws Exception {
        GracefulManager manager = managerWithJobs();
        manager.shutdown(ShutdownReason.requested("test"));
        say(manager.awaitDone().outcome().toString());
    }

    private static void leaveMainAtOnce() {
        GracefulManager.builder().signals(false).build();
        List<Boolean> daemons =
                primingThreads().map(Thread::isDaemon).distinct().toList();
        say("built, and what primes is a daemon: " + daemons);
    }

    /**
     * Does nothing but build a manager, register ten jobs and shut down, with a mark in the log of loaded classes
     * between them; says how many threads the shutdown started.
     */
    private static void cold() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        String[] names = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
        Job job = context -> Thread.sleep(1);
        Logger logger = LoggerFactory.getLogger(Programs.class);
        Class.forName(BeforeBuild.class.getName());
        GracefulManager manager =
                GracefulManager.builder().signals(false).logger(logger).build();
        for (String name : names) {
            manager.addShutdownJob(name, job);
        }
        Class.forName(BeforeShutdown.class.getName());
        long before = threads.getTotalStartedThreadCount();
        manager.shutdown(ShutdownReason.requested("test"));
        manager.awaitDone();
        Class.forName(AfterShutdown.class.getName());
        say(Long.toString(threads.getTotalStartedThreadCount() - before));
    }

    /** Its loading is a mark in the log of loaded classes, as that of the next two. */
    private static final class BeforeBuild {}

    private static final class BeforeShutdown {}

    private static final class AfterShutdown {}

    /** Goes every way a shutdown can, but only when priming is over, and says so by loading {@link AfterPriming}. */
    private static void primed(Consumer<GracefulManager> stop) throws Exception {
        GracefulManager manager = GracefulManager.builder()
                .gracePeriod(Duration.ofSeconds(1))
                .listener(new ShutdownListener() {
                    @Override
                    public void phaseBegan(int phase) {
                        throw new IllegalStateException("listener");
                    }
                })
                .build();
        addAll(manager);
        awaitPriming();
        Class.forName(AfterPriming.class.getName());
        stop.accept(manager);
        ShutdownReport report = manager.awaitDone();
        boolean isWhole = report.toText().contains("errors")
                && report.toJson().contains("errors")
                && report.toHtml().contains("Errors");
        say(isWhole ? "reported" : "not reported");
    }

    private static void addAll(GracefulManager manager) {
        manager.addRunningJob("run", context -> {
            context.onCancel(() -> {
                throw new IllegalStateException("callback");
            });
            context.awaitCancellation();
        });
        manager.addRunningJob("hang", Programs::loop);
        manager.addRunningJob(
                "restart", Programs::fail, RunningJobOptions.defaults().withFailurePolicy(FailurePolicy.restart()));
        for (int i = 0; i < MANY; i++) {
            manager.addRunningJob("run-" + i, JobContext::awaitCancellation);
        }
        manager.addShutdownJob(
                "look", context -> Objects.requireNonNull(manager.progress()).toHtml());
        manager.addShutdownJob("fail", Programs::fail);
        manager.addShutdownJob(
                "late",
                Programs::loop,
                ShutdownJobOptions.defaults()
                        .withTimeout(Duration.ofMillis(100))
                        .withAfter("fail"));
        manager.addShutdownJob(
                "next phase",
                context -> say("closed by "
                        + Objects.requireNonNull(manager.requestedShutdown()).reason()),
                ShutdownJobOptions.defaults().withPhase(-1));
    }

    private static void awaitPriming() throws InterruptedException {
        while (primingThreads().findAny().isPresent()) {
            Thread.sleep(1);
        }
    }

    private static Stream<Thread> primingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("graceful-priming"));
    }

    private static void addFailing(GracefulManager manager) {
        manager.addRunningJob(
                "fatal", Programs::fail, RunningJobOptions.defaults().withFailurePolicy(FailurePolicy.shutDown()));
    }

    private static void fail(JobContext context) {
        throw new IllegalStateException("failed");
    }

    /** Its loading is a mark in the log of loaded classes. */
    private static final class AfterPriming {}

    /** Heeds nothing, but leaves the processor to others. */
    @SuppressWarnings({"InfiniteLoopStatement", "ReturnValueIgnored"})
    private static void loop(JobContext context) {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }
}
