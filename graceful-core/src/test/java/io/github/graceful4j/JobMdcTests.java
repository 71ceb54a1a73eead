package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

@Timeout(60)
@Isolated("breaks the MDC of the whole process")
class JobMdcTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    private GracefulManager manager(boolean virtual) {
        return GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .virtualThreads(virtual)
                .build();
    }

    private void look(String where) {
        seen.add(where + " in " + MDC.get("job"));
    }

    private String nextSeen() throws InterruptedException {
        String next = seen.poll(30, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private void runBothKinds(GracefulManager manager) throws Exception {
        manager.addRunningJob("consume", context -> {
            look("job");
            context.onCancel(() -> look("callback"));
            context.awaitCancellation();
        });
        manager.addShutdownJob("flush", context -> look("shutdown job"));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(seen).containsExactlyInAnyOrder("job in consume", "callback in consume", "shutdown job in flush");
        assertThat(MDC.get("job")).isNull();
    }

    @Test
    @DisplayName("S15: while a job or its callback runs, the MDC has the job's name")
    void mdcHasTheName() throws Exception {
        runBothKinds(manager(false));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("S15: the MDC has the job's name on virtual threads, too")
    void mdcHasTheNameOnVirtualThreads() throws Exception {
        runBothKinds(manager(true));
    }

    @Test
    @DisplayName("S15: a job that cleared the MDC finds its name there again when it is restarted")
    void mdcHasTheNameAfterARestart() throws Exception {
        GracefulManager manager = manager(false);
        manager.addRunningJob(
                "consume",
                context -> {
                    look("job");
                    MDC.clear();
                    throw new IllegalStateException("again");
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(FailurePolicy.restart().withLimit(1, Deadline.UNLIMITED)));
        assertThat(nextSeen()).isEqualTo("job in consume");

        Waiting.until(() -> manager.jobs().get(0).restarts() == 1 || advance());

        assertThat(nextSeen()).isEqualTo("job in consume");
        Waiting.forResult(manager.shutdown(REASON));
    }

    private boolean advance() {
        ticker.advance(Duration.ofSeconds(1));
        return false;
    }

    @Test
    @DisplayName("S15: the name is in the MDC of a job whose decorator put others there")
    void mdcHasTheNameInsideDecorators() throws Exception {
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .jobDecorator((job, name, kind, phase) -> context -> {
                    MDC.clear();
                    job.run(context);
                })
                .build();
        manager.addShutdownJob("flush", context -> look("shutdown job"));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(seen).containsExactly("shutdown job in flush");
    }

    @Test
    @DisplayName("S15: an MDC that fails changes nothing for a job")
    void failingMdcChangesNothing() throws Exception {
        Field adapter = MDC.class.getDeclaredField("MDC_ADAPTER");
        adapter.setAccessible(true);
        Object before = adapter.get(null);
        for (MDCAdapter broken : new @Nullable MDCAdapter[] {null, failing()}) {
            adapter.set(null, broken);
            try {
                GracefulManager manager = manager(false);
                manager.addRunningJob("consume", context -> {
                    context.onCancel(() -> seen.add("callback"));
                    context.awaitCancellation();
                });
                Waiting.until(() -> !manager.jobs().isEmpty());
                manager.addShutdownJob("flush", context -> seen.add("shutdown job"));

                assertThat(Waiting.forResult(manager.shutdown(REASON)).outcome())
                        .isEqualTo(ShutdownOutcome.CLEAN);
            } finally {
                adapter.set(null, before);
            }
        }

        assertThat(List.copyOf(seen)).filteredOn("shutdown job"::equals).hasSize(2);
    }

    private static MDCAdapter failing() {
        return (MDCAdapter) Proxy.newProxyInstance(
                MDCAdapter.class.getClassLoader(), new Class<?>[] {MDCAdapter.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("broken");
                });
    }
}
