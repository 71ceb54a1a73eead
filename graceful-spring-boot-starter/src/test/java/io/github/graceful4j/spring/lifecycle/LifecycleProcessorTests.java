package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.FailureReport;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.DefaultLifecycleProcessor;

class LifecycleProcessorTests {

    private final ApplicationContextRunner contextRunner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class));

    @Test
    @DisplayName("S7: a processor whose phases can't be shortened fails the start, and the message says what to do")
    void otherProcessor() {
        contextRunner
                .withBean("lifecycleProcessor", LifecycleProcessor.class, OtherProcessor::new)
                .run(context -> {
                    FailureAnalysis analysis = FailureReport.of(Objects.requireNonNull(context.getStartupFailure()));

                    assertThat(analysis.getDescription())
                            .contains("'lifecycleProcessor' is a " + OtherProcessor.class.getName(), "grace period");
                    assertThat(analysis.getAction())
                            .contains(DefaultLifecycleProcessor.class.getName(), "graceful.enabled to false");
                });
    }

    @Test
    @DisplayName("S7: what the message of another processor says helps: without jobs, the application starts with it")
    void otherProcessorWithoutJobs() {
        contextRunner
                .withPropertyValues("graceful.enabled=false")
                .withBean("lifecycleProcessor", LifecycleProcessor.class, OtherProcessor::new)
                .run(context -> assertThat(context).hasNotFailed());
    }

    static final class OtherProcessor implements LifecycleProcessor {

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
