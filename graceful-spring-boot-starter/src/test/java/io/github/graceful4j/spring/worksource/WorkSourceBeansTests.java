package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import io.github.graceful4j.work.WorkSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** What an application brings along. */
@Timeout(60)
class WorkSourceBeansTests {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Trial.Reports reports = new Trial.Reports();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, GracefulAutoConfiguration.class))
            .withBean(Trial.Reports.class, () -> reports)
            .withBean("events", List.class, () -> events);

    /** A source that is idle. */
    static class Idle implements WorkSource {

        private final String name;
        private final List<String> events;

        Idle(String name, List<String> events) {
            this.name = name;
            this.events = events;
        }

        @Override
        public void stopTaking() {
            events.add(name);
        }

        @Override
        public long underWay() {
            return 0;
        }
    }

    private static final class IdleInPhase extends Idle implements Phased {

        IdleInPhase(List<String> events) {
            super("phased", events);
        }

        @Override
        public int getPhase() {
            return 1_000;
        }
    }

    @Test
    @DisplayName("S21: a bean of type WorkSource stops with the running jobs, one that has a phase in that")
    void beansAreSources() throws Exception {
        runner.withBean("own", Idle.class, () -> new Idle("own", events))
                .withBean("phased", IdleInPhase.class, () -> new IdleInPhase(events))
                .withBean(Jobs.class, () -> new Jobs(events))
                .run(context -> assertThat(
                                context.getBean(GracefulManager.class).jobs(query()))
                        .hasSize(2));

        assertThat(events).containsExactly("own", "shutdown job", "phased");
        ShutdownReport report = reports.await();
        assertThat(report.phases())
                .filteredOn(phase -> phase.jobs().stream().anyMatch(job -> job.kind() == JobKind.SOURCE))
                .extracting(PhaseResult::phase)
                .containsExactly(2147482367, 1_000);
    }

    private static JobQuery query() {
        return new JobQuery(JobKind.SOURCE, null, "", 0, 10);
    }

    /** A shutdown job. */
    static final class Jobs {

        private final List<String> events;

        Jobs(List<String> events) {
            this.events = events;
        }

        @ShutdownJob
        void flush() {
            events.add("shutdown job");
        }
    }

    @Test
    @DisplayName("S1: an application without a manager has no source told anything")
    void withoutManagerThereAreNoSources() {
        runner.withBean("own", Idle.class, () -> new Idle("own", events)).run(context -> {});

        assertThat(events).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyExecutor {

        @Bean
        @Lazy
        SimpleAsyncTaskExecutor lazy(List<String> events) {
            events.add("made");
            return new SimpleAsyncTaskExecutor();
        }
    }

    @Test
    @DisplayName("S21: no bean is made for being a source, neither at the start nor at the close")
    void lazyBeansStayLazy() throws Exception {
        runner.withUserConfiguration(LazyExecutor.class)
                .withBean(Jobs.class, () -> new Jobs(events))
                .run(context -> {});

        assertThat(events).containsExactly("shutdown job");
        assertThat(reports.await().jobs()).extracting(JobResult::job).doesNotContain("lazy");
    }

    @Configuration(proxyBeanMethods = false)
    static class LazySource {

        @Bean
        @Lazy
        Idle own(List<String> events) {
            events.add("made");
            return new Idle("own", events);
        }
    }

    @Test
    @DisplayName("S21: nor is a work source of the application's own that is lazy")
    void lazySourceStaysLazy() {
        runner.withUserConfiguration(LazySource.class)
                .withBean(Jobs.class, () -> new Jobs(events))
                .run(context -> {});

        assertThat(events).containsExactly("shutdown job");
    }

    /** What is scheduled for when the shutdown job runs. */
    static final class Scheduled {

        private final List<String> events;
        private final CountDownLatch lookedAt = new CountDownLatch(1);

        Scheduled(List<String> events) {
            this.events = events;
        }

        void fire() {
            events.add("fired");
        }

        @ShutdownJob
        void flush() throws InterruptedException {
            events.add("shutdown job");
            assertThat(lookedAt.await(1_500, TimeUnit.MILLISECONDS)).isFalse(); // real time: so long may nothing fire
        }
    }

    @Test
    @DisplayName("S21: schedulers fire nothing while shutdown jobs run, neither once nor again, of Spring or of Java")
    void schedulersFireNothing() {
        for (Object scheduler : List.of(
                new SimpleAsyncTaskScheduler(),
                new ConcurrentTaskScheduler(new ScheduledThreadPoolExecutor(1)),
                new ScheduledThreadPoolExecutor(1))) {
            events.clear();
            Scheduled scheduled = new Scheduled(events);
            runner.withBean("scheduler", Object.class, () -> scheduler)
                    .withBean(Scheduled.class, () -> scheduled)
                    .run(context -> {
                        if (scheduler instanceof TaskScheduler spring) {
                            spring.schedule(scheduled::fire, Instant.now().plusMillis(1_000));
                            spring.scheduleAtFixedRate(
                                    scheduled::fire, Instant.now().plusMillis(1_000), Duration.ofMillis(50));
                        } else if (scheduler instanceof ScheduledExecutorService java) {
                            java.schedule(scheduled::fire, 1_000, TimeUnit.MILLISECONDS);
                            java.scheduleAtFixedRate(scheduled::fire, 1_000, 50, TimeUnit.MILLISECONDS);
                        }
                    });

            assertThat(events).as("%s", scheduler).containsExactly("shutdown job");
        }
    }

    @Test
    @DisplayName("S21: shutdown jobs wait for the tasks of a pool of Java, also where Spring wraps it")
    void poolsOfJava() {
        for (boolean wrapped : List.of(true, false)) {
            events.clear();
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            runner.withBean("pool", Object.class, () -> wrapped ? new ConcurrentTaskExecutor(pool) : pool)
                    .withBean(Jobs.class, () -> new Jobs(events))
                    .run(context -> {
                        pool.execute(() -> {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                            events.add("task ended");
                        });
                        pool.execute(() -> events.add("queued task ended"));
                    });

            assertThat(events).containsExactly("task ended", "queued task ended", "shutdown job");
            pool.shutdown();
        }
    }

    @Test
    @DisplayName("S21: a lazy bean is a source from when it is made")
    void lazyBeanIsSourceOnceItIsMade() throws Exception {
        runner.withUserConfiguration(LazyExecutor.class)
                .withBean(Jobs.class, () -> new Jobs(events))
                .run(context -> context.getBean("lazy"));

        assertThat(events).containsExactly("made", "shutdown job");
        assertThat(reports.await().jobs()).extracting(JobResult::job).contains("lazy");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Metered {}

    @Test
    @DisplayName("S12: S21: sources have meters as jobs have")
    void sourcesHaveMeters() {
        MeterRegistry registry = new SimpleMeterRegistry();

        new ApplicationContextRunner()
                .withUserConfiguration(Metered.class)
                .withBean(MeterRegistry.class, () -> registry)
                .withBean("own", Idle.class, () -> new Idle("own", events))
                .withBean(Jobs.class, () -> new Jobs(events))
                .run(context -> assertThat(registry.get("graceful.jobs")
                                .tag("kind", "source")
                                .tag("state", "waiting")
                                .gauge()
                                .value())
                        .isEqualTo(2)); // and Spring Boot's executor

        assertThat(registry.get("graceful.job")
                        .tag("kind", "source")
                        .tag("name", "own")
                        .tag("outcome", "completed")
                        .timer()
                        .count())
                .isOne();
    }

    /** Stops where the consumers of Spring Cloud Stream do. */
    private static final class Consumer implements SmartLifecycle {

        private final List<String> events;
        private volatile boolean running;

        private Consumer(List<String> events) {
            this.events = events;
        }

        @Override
        public int getPhase() {
            return Integer.MAX_VALUE - 3_000;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            events.add("consumer stopped");
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    /** A running job that tells when it is cancelled. */
    static final class Worker {

        private final List<String> events;

        Worker(List<String> events) {
            this.events = events;
        }

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            events.add("job cancelled");
        }
    }

    @Test
    @DisplayName("S21: in phase MAX - 3001, running jobs end after consumers in phase MAX - 3000")
    void runningJobsEndAfterConsumers() {
        runner.withBean(Consumer.class, () -> new Consumer(events))
                .withBean(Worker.class, () -> new Worker(events))
                .withPropertyValues("graceful.running-jobs.phase=2147480646")
                .run(context -> {});

        assertThat(events).containsExactly("consumer stopped", "job cancelled");
    }
}
