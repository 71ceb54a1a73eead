package io.github.graceful4j.compatibility.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Real refresh scope: its proxy holds a lock of the bean for the length of each call. */
@Timeout(300)
@ResourceLock(Resources.SYSTEM_OUT)
class RefreshScopeIT {

    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    private static ConfigurableApplicationContext start(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=off", "eureka.client.enabled=false")
                .run();
    }

    @Test
    @DisplayName("S3: a running job on a bean of the refresh scope fails the start: a refresh would wait for its end")
    void runningJobIsRefused() {
        assertThatThrownBy(() -> start(Running.class))
                .hasMessageContaining("Worker.work()' of bean 'worker' belongs to a bean of scope 'refresh'");
    }

    @Test
    @DisplayName("S3: a shutdown job on a bean of the refresh scope runs once, on the instance that there is by then")
    void shutdownJobRunsOnTheLastInstance() {
        EVENTS.clear();
        ConfigurableApplicationContext application = start(Flushing.class);
        application
                .getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class)
                .refreshAll();

        application.close();

        assertThat(EVENTS).containsExactly("made", "made", "flushed");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Running {

        @Bean
        @RefreshScope
        Worker worker() {
            return new Worker();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Flushing {

        @Bean
        @RefreshScope
        Cache cache() {
            EVENTS.add("made");
            return new Cache();
        }
    }

    static class Worker {

        @RunningJob
        void work() {}
    }

    static class Cache {

        @ShutdownJob
        void flush() {
            EVENTS.add("flushed");
        }
    }
}
