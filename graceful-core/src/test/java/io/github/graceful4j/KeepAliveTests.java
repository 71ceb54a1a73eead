package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.ShutdownReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeepAliveTests {

    private final ThreadGroup group = new ThreadGroup("manager");
    private final GracefulManager manager =
            GracefulManager.builder().signals(false).build();

    @Test
    @DisplayName("C16: one thread that is no daemon exists while running jobs do, and none when they have ended")
    void runningJobsKeepTheProcessAlive() throws Exception {
        StubbornJob first = new StubbornJob();
        StubbornJob second = new StubbornJob();

        inGroup(() -> manager.addRunningJob("first", first));
        inGroup(() -> manager.addRunningJob("second", second));
        first.end();
        Waiting.until(() -> manager.jobs().get(0).outcome() != null);

        assertThat(keepingAlive()).containsExactly("graceful-keep-alive");
        second.end();
        Waiting.until(() -> keepingAlive().isEmpty());
    }

    @Test
    @DisplayName("C16: a shutdown keeps the process alive until it is over, and nothing does after it")
    void shutdownKeepsTheProcessAlive() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);
        manager.addRunningJob("run", JobContext::awaitCancellation);

        inGroup(() -> manager.shutdown(ShutdownReason.requested("test")));
        Waiting.forResult(close.started);

        assertThat(keepingAlive()).containsExactly("graceful-shutdown");
        close.end();
        Waiting.until(() -> keepingAlive().isEmpty());
    }

    /** Has the threads that {@code work} makes belong to the group, as a new thread does to that of its maker. */
    private void inGroup(Runnable work) throws InterruptedException {
        Thread thread = new Thread(group, work);
        thread.start();
        thread.join();
    }

    private List<String> keepingAlive() {
        Thread[] threads = new Thread[32];
        int count = group.enumerate(threads);
        return Stream.of(threads)
                .limit(count)
                .filter(thread -> !thread.isDaemon())
                .map(Thread::getName)
                .toList();
    }
}
