package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A service without a web server and without anything but jobs to keep it alive. Prints what happens after "> ". */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WorkerApplication {

    public static void main(String[] args) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(WorkerApplication.class)
                .web(WebApplicationType.NONE)
                .run(args);
        print("main ended");
        if (context.getEnvironment().containsProperty("exit-with")) {
            System.exit(context.getEnvironment().getRequiredProperty("exit-with", int.class));
        }
        if (context.getEnvironment().containsProperty("close-in-main")) {
            context.close();
        }
    }

    private static void print(String event) {
        System.out.println("> " + event);
    }

    @Bean
    DisposableBean database() {
        return () -> print("database closed");
    }

    @Bean
    Jobs jobs() {
        return new Jobs();
    }

    @Bean
    @ConditionalOnProperty("failing-job")
    FailingJob failingJob() {
        return new FailingJob();
    }

    @Bean
    @ConditionalOnProperty("self-shutdown")
    SelfShutdown selfShutdown(ConfigurableApplicationContext context) {
        return new SelfShutdown(context);
    }

    @Bean
    @ConditionalOnProperty({"running-job-calls", "shutdown-job-calls"})
    LateSelfShutdown lateSelfShutdown(ConfigurableApplicationContext context) {
        return new LateSelfShutdown(context);
    }

    @Bean
    @ConditionalOnProperty("slow-start")
    SlowStart slowStart() {
        return new SlowStart();
    }

    static class Jobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            print("work began");
            context.awaitCancellation();
            print("work ended");
        }

        @ShutdownJob
        void flush() {
            print("flushed");
        }
    }

    static class FailingJob {

        @ShutdownJob
        void fail() {
            throw new IllegalStateException("a job that fails");
        }
    }

    /** Ends the application out of a running job, when it has started. */
    static class SelfShutdown {

        private final ConfigurableApplicationContext context;
        private final CountDownLatch started = new CountDownLatch(1);

        SelfShutdown(ConfigurableApplicationContext context) {
            this.context = context;
        }

        @EventListener(ApplicationReadyEvent.class)
        void started() {
            started.countDown();
        }

        @RunningJob
        void end() throws InterruptedException {
            started.await();
            if ("exit".equals(context.getEnvironment().getProperty("self-shutdown"))) {
                System.exit(3);
            }
            context.close();
        }
    }

    /** Does, while it is shut down, what waits for the end of the shutdown. */
    static class LateSelfShutdown {

        private final ConfigurableApplicationContext context;

        LateSelfShutdown(ConfigurableApplicationContext context) {
            this.context = context;
        }

        @RunningJob
        void endWhenCancelled(JobContext job) throws InterruptedException {
            job.awaitCancellation();
            end("running-job-calls");
        }

        @ShutdownJob
        void endInShutdown() {
            end("shutdown-job-calls");
        }

        private void end(String property) {
            String how = context.getEnvironment().getRequiredProperty(property);
            if (how.equals("exit")) {
                System.exit(3);
            } else if (how.equals("close")) {
                context.close();
            }
        }
    }

    /** Blocks the start of the context, after the jobs were started, until it is told otherwise. */
    static class SlowStart implements SmartLifecycle, InitializingBean {

        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void afterPropertiesSet() {
            Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown));
        }

        @Override
        public void start() {
            print("start blocks");
            try {
                interrupted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            print("start goes on");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
