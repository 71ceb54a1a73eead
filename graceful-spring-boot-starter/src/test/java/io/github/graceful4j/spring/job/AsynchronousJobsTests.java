package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.spring.Cancellations;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(60)
class AsynchronousJobsTests {

    private final ApplicationContextRunner contextRunner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class));

    @Test
    @DisplayName("S1: a stage that a job returns is waited for")
    void stageIsAwaited() {
        Stages jobs = new Stages();

        contextRunner.withBean("jobs", Stages.class, () -> jobs).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            CompletableFuture<Void> closed = close(context);
            jobs.flushing.await();
            assertThat(manager.report()).isNull();

            jobs.flushed.complete(null);

            closed.join();
            assertThat(manager.awaitDone().jobs()).extracting("outcome").containsOnly(JobOutcome.COMPLETED);
        });
    }

    @Test
    @DisplayName("S1: a stage that fails fails the job, with the original exception")
    void failedStageFailsTheJob() {
        contextRunner.withBean("jobs", FailingStage.class).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);

            context.getSourceApplicationContext().close();

            assertThat(manager.errors())
                    .extracting(error -> error.thrown().toString())
                    .containsExactlyInAnyOrder(
                            "java.io.IOException: disk full", "java.lang.AssertionError: mono", "java.lang.Error: now");
            assertThat(manager.jobs()).extracting(JobSnapshot::outcome).containsOnly(JobOutcome.FAILED);
        });
    }

    @Test
    @DisplayName("S1: a reactive type that a job returns is subscribed to once, and waited for")
    void reactiveTypeIsAwaited() {
        Reactive jobs = new Reactive();

        contextRunner.withBean("jobs", Reactive.class, () -> jobs).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            jobs.polling.await();

            context.getSourceApplicationContext().close();

            assertThat(manager.jobs()).extracting(JobSnapshot::outcome).containsOnly(JobOutcome.COMPLETED);
        });

        assertThat(jobs.events).containsExactly("polling", "polling ended", "flushed");
    }

    @Test
    @DisplayName(
            "S26: a reactive job that is told to end takes up no more, and ends its current element before it ends")
    void currentElementEnds() {
        Elements jobs = new Elements(true);

        contextRunner.withBean("jobs", Elements.class, () -> jobs).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            jobs.working.await();
            CompletableFuture<Void> closed = close(context);
            jobs.told.await();

            assertThat(jobs.events).containsExactly("element 1 begun");
            jobs.mayGoOn.countDown();

            closed.join();
            assertThat(manager.jobs()).extracting(JobSnapshot::outcome).containsOnly(JobOutcome.COMPLETED);
        });

        // What was handed on already may still be worked on, but what was begun has ended.
        assertThat(jobs.events).startsWith("element 1 begun", "element 1 ended").endsWith("complete");
        assertThat(jobs.events).filteredOn(event -> event.endsWith("begun")).hasSameSizeAs(jobs.ended());
    }

    @Test
    @DisplayName(
            "S26: a reactive job that does not hear of it is cancelled where a thread is interrupted, and not before")
    void subscriptionIsCancelledAtTheInterrupt() {
        Elements jobs = new Elements(false);

        contextRunner
                .withPropertyValues("graceful.grace-period=3s")
                .withBean("jobs", Elements.class, () -> jobs)
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    jobs.working.await();

                    context.getSourceApplicationContext().close();

                    assertThat(manager.jobs()).extracting(JobSnapshot::outcome).containsOnly(JobOutcome.INTERRUPTED);
                    assertThat(manager.awaitDone().elapsed()).isGreaterThan(Duration.ofSeconds(2));
                });

        assertThat(jobs.events).containsExactly("element 1 begun", "cancelled");
    }

    private static CompletableFuture<Void> close(AssertableApplicationContext context) {
        return CompletableFuture.runAsync(
                () -> context.getSourceApplicationContext().close(), task -> new Thread(task, "closer").start());
    }

    static class Stages {

        private final CountDownLatch flushing = new CountDownLatch(1);
        private final CompletableFuture<@Nullable Void> flushed = new CompletableFuture<>();

        @RunningJob
        CompletableFuture<String> run(JobContext context) {
            CompletableFuture<String> end = new CompletableFuture<>();
            context.onCancel(() -> end.complete("ended"));
            return end;
        }

        @ShutdownJob
        CompletionStage<@Nullable Void> flush() {
            flushing.countDown();
            return flushed;
        }
    }

    static class FailingStage {

        @ShutdownJob
        CompletionStage<String> flush() {
            return CompletableFuture.failedFuture(new IOException("disk full"));
        }

        @ShutdownJob
        Mono<String> flushReactively() {
            return Mono.error(new AssertionError("mono"));
        }

        @ShutdownJob
        CompletionStage<String> throwAtOnce() {
            throw new Error("now");
        }
    }

    /** Takes up one element after the other, and works on each until it may go on. */
    static class Elements {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CountDownLatch working = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final boolean hears;

        Elements(boolean hears) {
            this.hears = hears;
        }

        private List<String> ended() {
            return events.stream().filter(event -> event.endsWith("ended")).toList();
        }

        @RunningJob
        Flux<Integer> work(JobContext context) {
            context.onCancel(told::countDown);
            Flux<Integer> elements = Flux.range(1, Integer.MAX_VALUE).concatWith(Flux.never());
            return (hears ? elements.takeUntilOther(Cancellations.of(context)) : elements)
                    .concatMap(this::workOn, 1)
                    .doOnComplete(() -> events.add("complete"))
                    .doOnCancel(() -> events.add("cancelled"));
        }

        private Mono<Integer> workOn(int element) {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            new Thread(() -> {
                        events.add("element " + element + " begun");
                        working.countDown();
                        try {
                            mayGoOn.await();
                            events.add("element " + element + " ended");
                            end.complete(element);
                        } catch (InterruptedException e) {
                            end.completeExceptionally(e);
                        }
                    })
                    .start();
            return Mono.fromFuture(end);
        }
    }

    static class Reactive {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CountDownLatch polling = new CountDownLatch(1);

        @RunningJob
        Flux<Long> poll(JobContext context) {
            return Flux.<Long>never()
                    .doOnSubscribe(subscription -> {
                        events.add("polling");
                        polling.countDown();
                    })
                    .takeUntilOther(Cancellations.of(context))
                    .doOnComplete(() -> events.add("polling ended"));
        }

        @ShutdownJob
        Mono<Void> flush() {
            return Mono.fromRunnable(() -> events.add("flushed"));
        }
    }
}
