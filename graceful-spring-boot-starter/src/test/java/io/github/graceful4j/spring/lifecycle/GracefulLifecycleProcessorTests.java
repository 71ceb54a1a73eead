package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import io.github.graceful4j.work.WorkSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.Lifecycle;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** How beans are stopped by our lifecycle processor, and by one of the application's own. */
@Timeout(120)
class GracefulLifecycleProcessorTests {

    private static final int PHASE_OF_JOBS = Integer.MAX_VALUE - 1280;

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(GracefulAutoConfiguration.class, LifecycleAutoConfiguration.class));

    private static Duration timeOf(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Duration closeOf(ApplicationContextRunner runner) {
        Duration[] closed = new Duration[1];
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            closed[0] = timeOf(context.getSourceApplicationContext()::close);
        });
        return closed[0];
    }

    @Test
    @DisplayName("S20: ours takes the place of Spring Boot's, one of the application's own is left alone")
    void takesThePlaceOfSpringBoots() {
        contextRunner.run(context ->
                assertThat(context.getBean("lifecycleProcessor")).isInstanceOf(GracefulLifecycleProcessor.class));
        contextRunner
                .withBean("lifecycleProcessor", DefaultLifecycleProcessor.class)
                .run(context -> assertThat(context.getBean("lifecycleProcessor"))
                        .isNotInstanceOf(GracefulLifecycleProcessor.class));
        contextRunner
                .withPropertyValues("graceful.enabled=false")
                .run(context -> assertThat(context.getBean("lifecycleProcessor"))
                        .isNotInstanceOf(GracefulLifecycleProcessor.class));
    }

    @Test
    @DisplayName("S20: a timeout per phase that was set is never lengthened")
    void timeoutPerPhaseIsNotLengthened() {
        Duration closed = closeOf(contextRunner
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=300ms")
                .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", 0, null)));

        assertThat(closed).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("S20: a timeout that was set for one phase is never lengthened, and shortened to what is left")
    void timeoutOfOnePhaseIsShortenedAndNotLengthened() {
        Duration lengthened = closeOf(contextRunner
                .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", 7, null))
                .withBean(Customizer.class, () -> new Customizer(7, 300)));
        Duration shortened = closeOf(contextRunner
                .withPropertyValues("graceful.grace-period=1s")
                .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", 7, null))
                .withBean(Customizer.class, () -> new Customizer(7, 60_000)));

        assertThat(lengthened).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        assertThat(shortened).isBetween(Duration.ofMillis(900), Duration.ofSeconds(6));
    }

    @Test
    @DisplayName("S7: S20: a bean that hangs beside a job in its phase is given up within the grace period")
    void hangingBeanBesideAJob() {
        Duration closed = closeOf(contextRunner
                .withPropertyValues("graceful.grace-period=2s")
                .withBean(
                        "job",
                        StopOrderTests.Lasting.class,
                        () -> new StopOrderTests.Lasting(events, Duration.ofMillis(1)))
                .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", Integer.MAX_VALUE - 1280, null)));

        // The library as it was before took the grace period and ten seconds.
        assertThat(closed).isLessThan(Duration.ofSeconds(8));
        assertThat(events).contains("job ended", "flush ended");
    }

    @Test
    @DisplayName("S19: S20: with a processor of the application's own, phases are bounded and beans named as with ours")
    void ownProcessor(@TempDir Path directory) throws IOException {
        for (DefaultLifecycleProcessor own :
                List.of(new DefaultLifecycleProcessor(), new OwnProcessor(), new GracefulLifecycleProcessor())) {
            events.clear();
            own.setTimeoutPerShutdownPhase(300);
            own.setTimeoutForShutdownPhase(7, 60_000);
            Queue<Runnable> calledBack = new ConcurrentLinkedQueue<>();
            Path file = directory.resolve(own.getClass().getSimpleName() + ".json");

            Duration closed = closeOf(contextRunner
                    .withPropertyValues("graceful.grace-period=6s", "graceful.report.file=" + file)
                    .withBean("lifecycleProcessor", LifecycleProcessor.class, () -> own)
                    .withBean(
                            "job",
                            StopOrderTests.Lasting.class,
                            () -> new StopOrderTests.Lasting(events, Duration.ofMillis(900)))
                    .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", 0, calledBack::add))
                    .withBean(
                            DisposableBean.class,
                            () -> () -> calledBack.remove().run()) // too late
                    .withBean("plain", Plain.class, () -> new Plain(events)));

            assertThat(closed).as(own.getClass().getName()).isBetween(Duration.ofMillis(1200), Duration.ofSeconds(20));
            // A job keeps its time nevertheless, and the phases below wait for it.
            assertThat(events).containsSubsequence("job ended", "flush ended").contains("plain stopped");
            JsonNode report = new ObjectMapper().readTree(Files.readString(file));
            assertThat(report.get("outcome").asText()).isEqualTo("TIMED_OUT");
            assertThat(report.get("steps"))
                    .filteredOn(step -> step.get("timedOut").asBoolean())
                    .extracting(step -> step.get("name").asText())
                    .containsExactly("hanging");
        }
    }

    @Test
    @DisplayName("S19: a bean beside a job is waited for as long as Spring does, and that is what the report says")
    void beanBesideAJob(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("shutdown.json");
        Queue<Runnable> calledBack = new ConcurrentLinkedQueue<>();
        CountDownLatch given = new CountDownLatch(1);

        closeOf(contextRunner
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=300ms", "graceful.report.file=" + file)
                .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", PHASE_OF_JOBS, calledBack::add))
                .withBean("job", Late.class, () -> new Late(calledBack, given)));

        JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertThat(report.get("outcome").asText()).isEqualTo("TIMED_OUT");
        assertThat(report.get("steps"))
                .filteredOn(step -> step.get("name").asText().equals("hanging"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.get("timedOut").asBoolean()).isTrue();
                    assertThat(step.get("elapsed").asDouble()).isBetween(0.3, 1.4);
                });
        assertThat(report.get("blame").get(0).get("name").asText()).isEqualTo("job.run");
    }

    /** Has the bean beside it call back before it ends itself, long after the time of that was up. */
    static final class Late {

        private final Queue<Runnable> calledBack;
        private final CountDownLatch never;

        Late(Queue<Runnable> calledBack, CountDownLatch never) {
            this.calledBack = calledBack;
            this.never = never;
        }

        @RunningJob
        void run(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            assertThat(never.await(2_000, TimeUnit.MILLISECONDS)).isFalse(); // real time: it is about how long it takes
            calledBack.remove().run();
        }
    }

    @Test
    @DisplayName("S19: S7: what a context does when all beans are destroyed belongs to its close, and to its deadline")
    @ExtendWith(OutputCaptureExtension.class)
    void restOfTheClose(@TempDir Path directory, CapturedOutput output) throws IOException {
        Path file = directory.resolve("shutdown.json");

        Duration closed = closeOf(new ApplicationContextRunner(SlowContext::new)
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .withPropertyValues("graceful.grace-period=1s", "graceful.report.file=" + file)
                .withBean(
                        "job",
                        StopOrderTests.Lasting.class,
                        () -> new StopOrderTests.Lasting(events, Duration.ofMillis(1))));

        assertThat(closed).isGreaterThanOrEqualTo(Duration.ofMillis(2_500));
        assertThat(output).contains("is not closed, though its grace period of 1000 ms is over", "SlowContext.doClose");
        JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertThat(report.get("outcome").asText()).isEqualTo("TIMED_OUT");
        assertThat(report.get("elapsed").asDouble()).isGreaterThan(1.5);
        assertThat(report.get("blame").get(0).get("name").asText()).startsWith("what is left of '");
        assertThat(directory.resolve("shutdown.json.running")).isEmptyFile(); // it came to an end, if late
    }

    @Test
    @DisplayName("S19: what a thread does after it has closed a context is not told of that context")
    void nextContextOfTheThread(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("shutdown.json");

        closeOf(contextRunner
                .withPropertyValues("graceful.report.file=" + file)
                .withBean(
                        "job",
                        StopOrderTests.Lasting.class,
                        () -> new StopOrderTests.Lasting(events, Duration.ofMillis(1))));
        new ApplicationContextRunner()
                .withBean(DisposableBean.class, () -> () -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)))
                .run(context -> {});

        JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertThat(report.get("steps"))
                .extracting(step -> step.get("name").asText())
                .noneMatch(name -> name.startsWith("what is left of"));
    }

    /** Does something of its own when all beans are destroyed, as one with a web server does. */
    private static final class SlowContext extends AnnotationConfigApplicationContext {

        @Override
        protected void doClose() {
            boolean first = isActive();
            super.doClose();
            if (first) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2_500)); // real time: it is about how long it takes
            }
        }
    }

    @Test
    @DisplayName("S19: S20: without jobs, too, a phase of a processor of the application's own is bounded and told of")
    void ownProcessorWithoutJobs() {
        OwnProcessor own = new OwnProcessor();

        closeOf(contextRunner
                .withBean("lifecycleProcessor", LifecycleProcessor.class, () -> own)
                .withBean("quick", Bean.class, () -> new Bean(events, "quick", 3, Runnable::run)));

        assertThat(own.timeouts)
                .hasEntrySatisfying(3, timeout -> assertThat(timeout).isBetween(1L, 10_000L));
    }

    @Test
    @DisplayName("S7: S21: what hangs above the work sources leaves them at least half of the time, too")
    void sourcesHaveTheirTime() {
        CountDownLatch told = new CountDownLatch(1);
        contextRunner
                .withPropertyValues("graceful.grace-period=6s")
                .withBean("hanging", Bean.class, () -> new Bean(events, "hanging", Integer.MAX_VALUE - 1024, null))
                .withBean("source", WorkSource.class, () -> new Source(told, events))
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    context.getSourceApplicationContext().close();

                    assertThat(told.getCount()).isZero();
                    assertThat(manager.awaitDone().elapsed()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
                    assertThat(events).containsOnly("source is idle");
                });
    }

    /** Has work for another second. */
    private static final class Source implements WorkSource {

        private final CountDownLatch told;
        private final List<String> events;
        private volatile long toldAt;

        private Source(CountDownLatch told, List<String> events) {
            this.told = told;
            this.events = events;
        }

        @Override
        public void stopTaking() {
            toldAt = System.nanoTime();
            told.countDown();
        }

        @Override
        public long underWay() {
            if (System.nanoTime() - toldAt < TimeUnit.SECONDS.toNanos(1)) {
                return 1;
            }
            events.add("source is idle");
            return 0;
        }
    }

    @Test
    @DisplayName("S7: a bean that calls back twice does not cut its sibling short")
    void callingBackTwice() {
        CountDownLatch stopped = new CountDownLatch(1);

        contextRunner
                .withBean(
                        "twice",
                        Bean.class,
                        () -> new Bean(events, "twice", 5, callback -> {
                            callback.run();
                            callback.run();
                        }))
                .withBean(
                        "sibling",
                        Bean.class,
                        () -> new Bean(
                                events,
                                "sibling",
                                5,
                                callback -> new Thread(() -> {
                                            await(stopped);
                                            events.add("sibling stopped");
                                            callback.run();
                                        })
                                        .start()))
                .withBean(
                        "lower",
                        Bean.class,
                        () -> new Bean(events, "lower", 4, callback -> {
                            events.add("lower stopped");
                            callback.run();
                        }))
                .run(context -> {
                    Thread closer = new Thread(context.getSourceApplicationContext()::close);
                    closer.start();
                    awaitTimedWait(closer);
                    assertThat(events).doesNotContain("lower stopped");
                    stopped.countDown();
                    closer.join();
                });

        assertThat(events).containsSubsequence("sibling stopped", "lower stopped");
    }

    @Test
    @DisplayName("S7: a bean that fails after it began to stop does not cut its sibling short, nor hold it up")
    void failingToStop() {
        AtomicInteger calls = new AtomicInteger();

        Duration closed = closeOf(contextRunner
                .withBean(
                        "failing",
                        Bean.class,
                        () -> new Bean(events, "failing", 5, callback -> {
                            calls.incrementAndGet();
                            throw new IllegalStateException("fails to stop");
                        }))
                .withBean("plain", Plain.class, () -> new Plain(events)));

        assertThat(calls).hasValue(1);
        assertThat(events).contains("plain stopped");
        assertThat(closed).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("S7: a bean that stops in the phase of one it depends on takes nothing of the time of that phase")
    void dependentOfAnotherPhase() {
        CountDownLatch mayEnd = new CountDownLatch(1);

        contextRunner
                .withBean(
                        "resource",
                        Bean.class,
                        () -> new Bean(
                                events,
                                "resource",
                                100,
                                callback -> new Thread(() -> {
                                            await(mayEnd);
                                            events.add("resource stopped");
                                            callback.run();
                                        })
                                        .start()))
                .withBean(
                        "dependent",
                        Bean.class,
                        () -> new Bean(events, "dependent", 50, callback -> {
                            events.add("dependent stopped");
                            callback.run();
                        }),
                        definition -> definition.setDependsOn("resource"))
                .withBean(
                        "lower",
                        Bean.class,
                        () -> new Bean(events, "lower", 40, callback -> {
                            events.add("lower stopped");
                            callback.run();
                        }))
                .run(context -> {
                    Thread closer = new Thread(context.getSourceApplicationContext()::close);
                    closer.start();
                    awaitTimedWait(closer);
                    // Spring counts the dependent for the resource, and would go on: spring-framework#28277.
                    assertThat(events).containsExactly("dependent stopped");
                    mayEnd.countDown();
                    closer.join();
                });

        assertThat(events).containsExactly("dependent stopped", "resource stopped", "lower stopped");
    }

    @Test
    @DisplayName("S9: beans that are stopped without a close are the beans themselves")
    void stopWithoutClose() {
        Plain plain = new Plain(events);

        contextRunner.withBean("plain", Plain.class, () -> plain).run(context -> {
            context.getSourceApplicationContext().stop();
            context.getSourceApplicationContext().start();
            assertThat(events).containsExactly("plain stopped");
            assertThat(plain.running).isTrue();
        });

        assertThat(events).containsExactly("plain stopped", "plain stopped");
    }

    /** Until the closing thread waits for a phase. */
    private static void awaitTimedWait(Thread closer) {
        while (closer.getState() != Thread.State.TIMED_WAITING && closer.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Overrides all that an application's own may. */
    static final class OwnProcessor extends DefaultLifecycleProcessor {

        private final Map<Integer, Long> timeouts = new ConcurrentHashMap<>();

        @Override
        public void setBeanFactory(BeanFactory beanFactory) {
            super.setBeanFactory((DefaultListableBeanFactory) beanFactory);
        }

        @Override
        public void setTimeoutForShutdownPhase(int phase, long timeout) {
            timeouts.put(phase, timeout);
            super.setTimeoutForShutdownPhase(phase, timeout);
        }

        @Override
        protected Map<String, Lifecycle> getLifecycleBeans() {
            return new LinkedHashMap<>(super.getLifecycleBeans());
        }
    }

    record Customizer(int phase, long timeout) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof DefaultLifecycleProcessor processor) {
                processor.setTimeoutForShutdownPhase(phase, timeout);
            }
            return bean;
        }
    }

    interface Stop {

        void stop(Runnable callback);
    }

    static final class Bean implements SmartLifecycle {

        private final List<String> events;
        private final String name;
        private final int phase;
        private final @Nullable Stop stop;
        private volatile boolean running;

        /** Creates a bean; it never stops if nobody says how. */
        Bean(List<String> events, String name, int phase, @Nullable Stop stop) {
            this.events = events;
            this.name = name;
            this.phase = phase;
            this.stop = stop;
        }

        @Override
        public int getPhase() {
            return phase;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public void stop(Runnable callback) {
            running = false;
            if (stop != null) {
                stop.stop(callback);
            }
        }

        @Override
        public void stop() {
            events.add(name + " was stopped without a callback");
        }
    }

    static final class Plain implements Lifecycle {

        private final List<String> events;
        private volatile boolean running = true;

        Plain(List<String> events) {
            this.events = events;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            events.add("plain stopped");
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
