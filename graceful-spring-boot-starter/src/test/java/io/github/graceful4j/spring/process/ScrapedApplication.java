package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A web service with a management port of its own, and a job that ends only when a file is there that a property names.
 * Prints what happens after "> ".
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ScrapedApplication {

    public static void main(String[] args) {
        Environment environment =
                SpringApplication.run(ScrapedApplication.class, args).getEnvironment();
        System.out.println("> management port " + environment.getProperty("local.management.port"));
    }

    @Bean
    Jobs jobs(@Value("${end}") Path end) {
        return new Jobs(end);
    }

    static class Jobs {

        private final Path end;

        Jobs(Path end) {
            this.end = end;
        }

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            System.out.println("> stopping");
            while (!Files.exists(end)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        @ShutdownJob
        void flush() {
            System.out.println("> flushed");
        }
    }
}
