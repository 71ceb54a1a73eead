package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

@Timeout(60)
class UnmanagedCloseTests {

    private final ApplicationContextRunner contextRunner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class));

    @Test
    @DisplayName(
            "S8: without jobs and a web server, too, readiness turns to refusing traffic when the context is closed")
    void readinessIsTurnedOff() {
        Readinesses heard = new Readinesses();

        contextRunner
                .withBean(Readinesses.class, () -> heard)
                .run(context -> assertThat(heard.states).isEmpty());

        assertThat(heard.states).containsExactly(ReadinessState.REFUSING_TRAFFIC);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("S7: without jobs, too, the log says which bean blocks the close when the grace period is over")
    void blockedCloseIsReported(CapturedOutput output) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("none", Map.of()));
        context.registerBean("blocking", Blocking.class, () -> new Blocking(output));
        context.refresh();
        // Long enough for the close to come as far as the bean, however busy the machine is.
        ExitWatch noExit = new ExitWatch(context, which -> {
            throw new IllegalStateException("nobody asks");
        });
        UnmanagedClose close = new UnmanagedClose(context, noExit, Duration.ofSeconds(2));
        context.addApplicationListener(
                (ApplicationListener<org.springframework.context.event.ContextClosedEvent>) event -> close.begin());

        context.close();

        assertThat(output).contains("is not closed").contains("it waits for bean 'blocking'");
    }

    /** Is destroyed when the log has said what is waited for. */
    private record Blocking(CapturedOutput output) implements DisposableBean {

        @Override
        public void destroy() {
            while (!output.getAll().contains("is not closed")) {
                Thread.onSpinWait();
            }
        }
    }

    static class Readinesses {

        private final Queue<ReadinessState> states = new ConcurrentLinkedQueue<>();

        @EventListener
        void on(AvailabilityChangeEvent<ReadinessState> event) {
            states.add(event.getState());
        }
    }
}
