package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web service with a management port of its own, asynchronous methods and scheduled ones. Prints what happens after
 * "> ".
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@EnableScheduling
class WebApplication {

    public static void main(String[] args) {
        Environment environment =
                SpringApplication.run(WebApplication.class, args).getEnvironment();
        print("port " + environment.getProperty("local.server.port"));
        print("management port " + environment.getProperty("local.management.port"));
    }

    private static void print(String event) {
        System.out.println("> " + event);
    }

    @Bean
    Mail mail() {
        return new Mail();
    }

    @Bean
    Jobs jobs() {
        return new Jobs();
    }

    @Bean
    @ConditionalOnProperty("linger-until")
    Lingering lingering(@Value("${linger-until}") Path file) {
        return new Lingering(file);
    }

    @Bean
    @ConditionalOnProperty("async-events")
    SimpleApplicationEventMulticaster applicationEventMulticaster() {
        SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
        multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
        return multicaster;
    }

    @RestController
    static class Controller {

        private final Mail mail;

        Controller(Mail mail) {
            this.mail = mail;
        }

        @GetMapping("/order")
        String order() {
            mail.send();
            return "ordered";
        }
    }

    static class Mail {

        @Async
        public void send() {
            print("mail sent");
        }
    }

    /** Does not end when it is told to, but when a file is there. */
    static class Lingering {

        private final Path file;

        Lingering(Path file) {
            this.file = file;
        }

        @RunningJob
        void linger(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            print("lingering");
            while (!Files.exists(file)) {
                Thread.sleep(20);
            }
            throw new IllegalStateException("the socket is closed");
        }
    }

    static class Jobs {

        @Scheduled(fixedDelay = 50)
        void tick() {
            print("tick");
        }

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            print("work ended");
        }

        @ShutdownJob
        void flush() {
            print("flushed");
        }
    }
}
