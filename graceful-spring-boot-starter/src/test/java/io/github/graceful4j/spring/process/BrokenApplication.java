package io.github.graceful4j.spring.process;

import io.github.graceful4j.spring.RunningJob;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Cannot start, since its job wants what nobody can give it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BrokenApplication {

    public static void main(String[] args) {
        SpringApplication.run(BrokenApplication.class, args);
    }

    @Bean
    Jobs jobs() {
        return new Jobs();
    }

    static class Jobs {

        @RunningJob
        void work(String text) {}
    }
}
