package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.concurrent.CountDownLatch;
import org.springframework.aop.TargetClassAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service of which a part hangs when it is closed, as a property says. Prints what happens after "> ". */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class HangingApplication {

    public static void main(String[] args) {
        new SpringApplicationBuilder(HangingApplication.class)
                .web(WebApplicationType.NONE)
                .run(args);
        System.out.println("> main ended");
    }

    private static volatile boolean hanging;

    private static void hang() {
        hanging = true;
        System.out.println("> hangs");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Bean
    @ConditionalOnProperty(name = "hang", havingValue = "destroy")
    Database hangingDatabase() {
        return new Database();
    }

    @Bean
    @ConditionalOnProperty(name = "hang", havingValue = "stop")
    Consumer hangingConsumer() {
        return new Consumer();
    }

    @Bean
    @ConditionalOnProperty("unspeakable")
    TargetClassAware unspeakable() {
        return () -> {
            if (hanging) {
                throw new StackOverflowError("this bean can't be described");
            }
            return null;
        };
    }

    @Bean
    Jobs jobs() {
        return new Jobs();
    }

    static class Jobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            System.out.println("> work ended");
        }

        @ShutdownJob
        void flush() {
            System.out.println("> flushed");
        }
    }

    static class Database implements DisposableBean {

        @Override
        public void destroy() {
            hang();
        }
    }

    /** Stops before any job does, and never returns, which Spring has no timeout for. */
    static class Consumer implements SmartLifecycle {

        private volatile boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            hang();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
