package io.github.graceful4j.spring.failure;

import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Cannot start, for the reason that its property {@code broken} names. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BrokenApplication {

    @Bean
    @ConditionalOnProperty(name = "broken", havingValue = "parameter")
    WrongParameter wrongParameter() {
        return new WrongParameter();
    }

    static class WrongParameter {

        @RunningJob
        void work(String text) {}
    }

    @Bean
    @ConditionalOnProperty(name = "broken", havingValue = "name")
    UnknownName unknownName() {
        return new UnknownName();
    }

    static class UnknownName {

        @ShutdownJob
        void flush() {}

        @ShutdownJob(after = "unknownName.flsh")
        void close() {}
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "broken", havingValue = "cycle")
    static class Cycle {

        @Bean
        Chicken chicken() {
            return new Chicken();
        }

        @Bean
        Egg egg() {
            return new Egg();
        }
    }

    static class Chicken {

        @ShutdownJob(after = "egg.hatch")
        void lay() {}
    }

    static class Egg {

        @ShutdownJob(after = "chicken.lay")
        void hatch() {}
    }

    @Bean
    @ConditionalOnProperty(name = "broken", havingValue = "placeholder")
    UnresolvablePlaceholder unresolvablePlaceholder() {
        return new UnresolvablePlaceholder();
    }

    static class UnresolvablePlaceholder {

        @RunningJob(timeout = "${no.such.timeout}")
        void work() {}
    }

    @Bean
    @ConditionalOnProperty(name = "broken", havingValue = "processor")
    static LifecycleProcessor lifecycleProcessor() {
        return new OwnProcessor();
    }

    static class OwnProcessor implements LifecycleProcessor {

        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
