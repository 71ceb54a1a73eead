package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The test framework pauses a cached context while a test class uses another one. */
@Timeout(60)
class TestContextPausingTests {

    @Test
    @DisplayName("S9: trap 4: test classes A, B, A run with live jobs each time, and without a shutdown job")
    void contextsThatArePausedGoOn() {
        Jobs.FLUSHES.set(0);

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FirstCase.class), selectClass(OtherCase.class), selectClass(LastCase.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));

        assertThat(Jobs.FLUSHES).hasValue(0);
    }

    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = SharedConfiguration.class)
    static class FirstCase {

        @Autowired
        Jobs jobs;

        @Test
        void jobIsAlive() throws InterruptedException {
            jobs.assertAlive();
        }
    }

    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = OtherConfiguration.class)
    static class OtherCase {

        @Autowired
        Jobs jobs;

        @Test
        void jobIsAlive() throws InterruptedException {
            jobs.assertAlive();
        }
    }

    /** Shares its context with {@link FirstCase}. */
    static class LastCase extends FirstCase {}

    @Import(Jobs.class)
    @ImportAutoConfiguration(GracefulAutoConfiguration.class)
    static class SharedConfiguration {}

    @Import(Jobs.class)
    @ImportAutoConfiguration(GracefulAutoConfiguration.class)
    static class OtherConfiguration {}

    static class Jobs {

        private static final AtomicInteger FLUSHES = new AtomicInteger();

        private final BlockingQueue<BlockingQueue<String>> requests = new LinkedBlockingQueue<>();

        @RunningJob
        void answer(JobContext context) throws InterruptedException {
            while (!context.isCancelled()) {
                BlockingQueue<String> request = requests.poll(10, TimeUnit.MILLISECONDS);
                if (request != null) {
                    request.add("alive");
                }
            }
        }

        void assertAlive() throws InterruptedException {
            BlockingQueue<String> answer = new LinkedBlockingQueue<>();
            requests.add(answer);
            assertThat(answer.take()).isEqualTo("alive");
        }

        @ShutdownJob
        void flush() {
            FLUSHES.incrementAndGet();
        }
    }
}
