package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A service that a job ends by its failure, while a thread of it would go on. Prints what happens after "> ". */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class FailingApplication {

    private static final CountDownLatch STARTED = new CountDownLatch(1);

    public static void main(String[] args) {
        new Thread(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
        new SpringApplicationBuilder(FailingApplication.class)
                .web(WebApplicationType.NONE)
                .run(args);
        System.out.println("> main ended");
        STARTED.countDown();
    }

    @Bean
    @ConditionalOnProperty("own-code")
    ExitCodeGenerator ownCode() {
        return () -> 7;
    }

    @EventListener
    void onExitCode(ExitCodeEvent event) {
        System.out.println("> exit code " + event.getExitCode());
    }

    @RunningJob(onFailure = FailurePolicy.Action.SHUT_DOWN)
    void fail() throws InterruptedException {
        STARTED.await();
        throw new IllegalStateException("no way on");
    }

    @ShutdownJob
    void flush() {
        System.out.println("> flushed");
    }
}
