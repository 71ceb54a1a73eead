package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a library that has a task under way when it is closed, and with a shutdown job that looks whether
 * it still has. Confined to the test's thread.
 */
final class Trial {

    private static final long NET_SECONDS = 60;

    private final Class<?> application;
    private final String source;
    private final String property;
    private final BiConsumer<ConfigurableApplicationContext, Task> begin;

    /**
     * Creates a trial.
     *
     * @param application the configuration with the library
     * @param source the name of its work source
     * @param property the part of the property that switches the source off
     * @param begin has the library take up the task, which is also a bean
     */
    Trial(
            Class<?> application,
            String source,
            String property,
            BiConsumer<ConfigurableApplicationContext, Task> begin) {
        this.application = application;
        this.source = source;
        this.property = property;
        this.begin = begin;
    }

    /** What a shutdown job saw of a task. */
    static final class Witness {

        private final Task task;
        private volatile @Nullable Integer seen;

        Witness(Task task) {
            this.task = task;
        }

        @ShutdownJob
        public void look() {
            seen = task.underWay();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        LifecycleAutoConfiguration.class,
        TaskExecutionAutoConfiguration.class,
        GracefulAutoConfiguration.class
    })
    static class Library {

        @Bean
        Task task() {
            return new Task();
        }

        @Bean
        Witness witness(Task task) {
            return new Witness(task);
        }

        @Bean
        Reports reports() {
            return new Reports();
        }
    }

    /** Keeps the report. */
    static final class Reports implements ShutdownListener {

        private final CompletableFuture<ShutdownReport> ended = new CompletableFuture<>();

        @Override
        public void shutdownEnded(ShutdownReport report) {
            ended.complete(report);
        }

        ShutdownReport await() throws Exception {
            return ended.get(NET_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The shutdown job finds the task ended, which ends only after the source was told to stop; see the report. */
    ShutdownReport shutdownJobsWait(String... properties) throws Exception {
        ConfigurableApplicationContext context = start(properties);
        Task task = context.getBean(Task.class);
        Witness witness = context.getBean(Witness.class);
        Reports reports = context.getBean(Reports.class);
        GracefulManager manager = context.getBean(GracefulManager.class);

        CompletableFuture<Void> closing = close(context);
        await(() -> isWaitedFor(manager));
        assertThat(witness.seen).isNull();
        task.end();
        closing.get(NET_SECONDS, TimeUnit.SECONDS);

        assertThat(witness.seen).isZero();
        ShutdownReport report = reports.await();
        assertThat(report.outcome()).as(report.toText()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(resultIn(report).outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(resultIn(report).elapsed()).isPositive();
        return report;
    }

    /** With the property off, all is as it would be without the library: the shutdown job finds the task at work. */
    void shutdownJobsDoNotWaitIfSwitchedOff(String... properties) throws Exception {
        String[] all = Stream.concat(Stream.of(off()), Stream.of(properties)).toArray(String[]::new);
        ConfigurableApplicationContext context = start(all);
        Task task = context.getBean(Task.class);
        Witness witness = context.getBean(Witness.class);

        CompletableFuture<Void> closing = close(context);
        await(() -> witness.seen != null);
        task.end();
        closing.get(NET_SECONDS, TimeUnit.SECONDS);

        assertThat(witness.seen).isPositive();
    }

    private String off() {
        return "graceful.work-sources." + property + ".enabled=false";
    }

    /** A task that hangs is given up in time for the shutdown job, and named with how much was under way. */
    void busySourceIsGivenUp() throws Exception {
        ConfigurableApplicationContext context = start("graceful.grace-period=2s");
        Task task = context.getBean(Task.class);
        Witness witness = context.getBean(Witness.class);
        Reports reports = context.getBean(Reports.class);

        CompletableFuture<Void> closing = close(context);
        ShutdownReport report = reports.await();
        task.end();
        closing.get(NET_SECONDS, TimeUnit.SECONDS);

        assertThat(witness.seen).isPositive();
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(resultIn(report).outcome()).as(report.toText()).isEqualTo(JobOutcome.ABANDONED);
        assertThat(report.errors())
                .filteredOn(error -> error.source() == RecordedError.Source.WORK_IN_FLIGHT)
                .singleElement()
                .satisfies(error -> assertThat(error.thrown().getMessage())
                        .matches("Work source '" + source + "' still had \\d+ pieces? of work under way .*"));
    }

    /** A stop and a start of the context leaves the library as it is: the task is taken up after it. */
    void stopAndStartLeavesItAlone() throws Exception {
        ConfigurableApplicationContext context = newContext();
        context.stop();
        context.start();
        begin.accept(context, context.getBean(Task.class));
        Task task = context.getBean(Task.class);

        task.awaitBegin();
        task.end();
        context.close();
    }

    /** Closes the application once the task has begun, and returns the report. */
    ShutdownReport close(String... properties) throws Exception {
        ConfigurableApplicationContext context = start(properties);
        Reports reports = context.getBean(Reports.class);
        context.close();
        return reports.await();
    }

    /** On a thread of its own: the common pool may have only one, which the library under test may need. */
    private static CompletableFuture<Void> close(ConfigurableApplicationContext context) {
        return CompletableFuture.runAsync(context::close, task -> new Thread(task).start());
    }

    private ConfigurableApplicationContext start(String... properties) {
        ConfigurableApplicationContext context = newContext(properties);
        Task task = context.getBean(Task.class);
        begin.accept(context, task);
        task.awaitBegin();
        return context;
    }

    private ConfigurableApplicationContext newContext(String... properties) {
        return new SpringApplicationBuilder(Library.class, application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties)
                .run();
    }

    private boolean isWaitedFor(GracefulManager manager) {
        ShutdownProgress progress = manager.progress();
        return progress != null && progress.jobs().stream().anyMatch(this::isWaitedFor);
    }

    private boolean isWaitedFor(JobProgress job) {
        return job.snapshot().job().equals(source)
                && job.where() != null
                && job.where().name().endsWith(" under way");
    }

    private JobResult resultIn(ShutdownReport report) {
        return report.jobs().stream()
                .filter(job -> job.kind() == JobKind.SOURCE && job.job().equals(source))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toText()));
    }

    static void await(BooleanSupplier condition) {
        long net = System.nanoTime() + TimeUnit.SECONDS.toNanos(NET_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - net > 0) {
                throw new AssertionError("It never came to that");
            }
            Thread.onSpinWait();
        }
    }
}
