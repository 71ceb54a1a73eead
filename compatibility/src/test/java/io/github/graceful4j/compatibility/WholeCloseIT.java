package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** What Spring stops is seen, bounded and told of, on each line; it leans on what is not documented. */
@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class WholeCloseIT {

    @TempDir
    private Path directory;

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @ParameterizedTest
    @ValueSource(classes = {Application.class, OwnProcessorApplication.class})
    @DisplayName("S17: S19: the report has the bean that hangs, the one that blocks, and the one that is slow to destroy")
    void reportCoversTheClose(Class<?> type) throws IOException {
        Path file = directory.resolve("shutdown.json");
        ConfigurableApplicationContext application =
                start(type, "--graceful.grace-period=4s", "--graceful.report.file=" + file);
        long began = System.nanoTime();

        application.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
        assertThat(Files.readString(file))
                .contains("\"complete\":true", "\"outcome\":\"TIMED_OUT\"")
                .containsPattern("LIFECYCLE_BEAN\",\"name\":\"hanging\",[^}]*\"timedOut\":true")
                .containsPattern("LIFECYCLE_BEAN\",\"name\":\"blocking\",[^}]*\"elapsed\":0\\.[3-9]")
                .containsPattern("DESTRUCTION\",\"name\":\"slow\",[^}]*\"elapsed\":1\\.[0-9]")
                .contains("\"job\":\"jobs.work\",\"kind\":\"RUNNING\",\"outcome\":\"COMPLETED\"");
    }

    @Test
    @DisplayName("S17: S20: a phase has no more than it was set to")
    void phaseIsNotLengthened() {
        ConfigurableApplicationContext application = start(
                Application.class,
                "--spring.lifecycle.timeout-per-shutdown-phase=200ms",
                "--graceful.grace-period=60s");
        long began = System.nanoTime();

        application.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Bound hanging() {
            return new Bound(Integer.MAX_VALUE, 0, false);
        }

        @Bean
        Bound blocking() {
            return new Bound(7, 400, true);
        }

        @Bean
        @DependsOn("blocking")
        Bound dependent() {
            return new Bound(3, 1, true);
        }

        @Bean
        DisposableBean slow() {
            return new Slow();
        }

        @Bean
        Jobs jobs() {
            return new Jobs();
        }
    }

    static class OwnProcessorApplication extends Application {

        @Bean
        static DefaultLifecycleProcessor lifecycleProcessor() {
            return new DefaultLifecycleProcessor();
        }
    }

    static class Jobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }
    }

    static class Slow implements DisposableBean {

        @Override
        public void destroy() throws InterruptedException {
            Thread.sleep(1_200); // real time: it is about how long it takes
        }
    }

    /** Blocks its caller for a while, or never says that it has stopped. */
    static class Bound implements SmartLifecycle {

        private final int phase;
        private final long millis;
        private final boolean callsBack;
        private volatile boolean running;

        Bound(int phase, long millis, boolean callsBack) {
            this.phase = phase;
            this.millis = millis;
            this.callsBack = callsBack;
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
            try {
                new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running = false;
            if (callsBack) {
                callback.run();
            }
        }

        @Override
        public void stop() {
            running = false;
        }
    }
}
