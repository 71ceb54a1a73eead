package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service without a web server and without anything but jobs to keep it alive. Prints what happens after "> ". */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WorkerApplication {

    public static void main(String[] args) {
        SpringApplication.run(WorkerApplication.class, args);
        print("main ended");
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
