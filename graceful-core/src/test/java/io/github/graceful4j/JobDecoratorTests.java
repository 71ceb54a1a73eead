package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobDecoratorTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final List<String> events = new CopyOnWriteArrayList<>();

    private JobDecorator recording(String decorator) {
        return (job, name, kind, phase) -> {
            events.add(decorator + " decorates " + kind + " " + name + " of phase " + phase);
            return context -> {
                events.add(decorator + " before " + context.name());
                job.run(context);
                events.add(decorator + " after " + context.name());
            };
        };
    }

    @Test
    @DisplayName("C2: decorators are asked at registration, and the first one added is the outermost")
    void firstDecoratorIsOutermost() throws Exception {
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .defaultPhases(7, 3)
                .jobDecorator(recording("first"))
                .jobDecorator(recording("second"))
                .build();
        manager.addShutdownJob("flush", context -> events.add("flush"));
        assertThat(events)
                .containsExactly(
                        "second decorates SHUTDOWN flush of phase 3", "first decorates SHUTDOWN flush of phase 3");
        events.clear();

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(events)
                .containsExactly(
                        "first before flush",
                        "second before flush",
                        "flush",
                        "second after flush",
                        "first after flush");
    }

    @Test
    @DisplayName("C2: a decorator learns the phase that a running job's options name")
    void decoratorLearnsThePhase() throws Exception {
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .jobDecorator(recording("one"))
                .build();

        manager.addRunningJob(
                "consume",
                JobContext::awaitCancellation,
                RunningJobOptions.defaults().withPhase(5));

        assertThat(events).contains("one decorates RUNNING consume of phase 5");
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(events).contains("one before consume", "one after consume");
    }

    @Test
    @DisplayName("C13: what a decorator throws, whoever registers the job gets, and no job is registered")
    void failingDecoratorRefusesTheJob() {
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .jobDecorator((job, name, kind, phase) -> {
                    throw new IllegalStateException("no");
                })
                .build();

        assertThatThrownBy(() -> manager.addShutdownJob("flush", context -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(manager.jobs()).isEmpty();
    }

    @Test
    @DisplayName("C13: a decorator that makes nothing of a job is named, and no job is registered")
    @SuppressWarnings("NullAway") // discouraged, but done
    void decoratorWithoutResultIsNamed() {
        JobDecorator nothing = new JobDecorator() {
            @Override
            public Job decorate(Job job, String name, JobKind kind, int phase) {
                return null;
            }
        };
        GracefulManager manager =
                GracefulManager.builder().signals(false).jobDecorator(nothing).build();

        assertThatThrownBy(() -> manager.addShutdownJob("flush", context -> {}))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("decorated by " + nothing.getClass().getName());
        assertThat(manager.jobs()).isEmpty();
    }
}
