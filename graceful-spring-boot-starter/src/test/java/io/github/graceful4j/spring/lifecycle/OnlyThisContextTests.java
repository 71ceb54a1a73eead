package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What the close of one context does to others, and what others do to it. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class OnlyThisContextTests {

    private static final Duration DELAY = Duration.ofMillis(700);

    private final List<Object> heard = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"--no=property", "--graceful.grace-period=20s"})
    @DisplayName("S8: S10: the close of a child turns its own readiness off, and leaves that of its parent as it is")
    void childLeavesReadinessOfParent(String argument) {
        try (ConfigurableApplicationContext parent = builder().run()) {
            ConfigurableApplicationContext child = builder().parent(parent).run(argument);
            child.addApplicationListener(
                    (ApplicationListener<AvailabilityChangeEvent<?>>) event -> heard.add(event.getState()));

            child.close();

            assertThat(heard).containsExactly(ReadinessState.REFUSING_TRAFFIC);
            assertThat(parent.getBean(ApplicationAvailability.class).getReadinessState())
                    .isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "readiness"})
    @DisplayName("S8: a listener of somebody else's that throws does not keep the application from draining")
    void drainsThoughAListenerThrows(String how) {
        ConfigurableApplicationContext context =
                builder().run("--throws=" + how, "--graceful.drain.delay=" + DELAY.toMillis() + "ms");
        GracefulManager manager = context.getBean(GracefulManager.class);

        context.close();

        ShutdownReport report = manager.report();
        assertThat(report).isNotNull();
        assertThat(report.drain()).isGreaterThanOrEqualTo(DELAY);
        assertThat(report.reason()).extracting(ShutdownReason::kind).isEqualTo(ShutdownReason.Kind.CONTEXT_CLOSED);
    }

    @Test
    @DisplayName("S9: a context that failed to start says nothing where nothing ran")
    void failedStartSaysNothing(CapturedOutput output) {
        assertThatThrownBy(() -> builder().run("--fails=true", "--graceful.grace-period=20s"))
                .hasRootCauseMessage("a bean that fails");

        assertThat(output.getAll()).doesNotContain("Shutdown began").doesNotContain("Jobs ended");
    }

    @Test
    @DisplayName("S9: whoever waits for the manager of a context that failed to start is told of its end")
    void failedStartEndsTheManager() {
        CompletableFuture<GracefulManager> taken = new CompletableFuture<>();

        assertThatThrownBy(() -> builder()
                        .initializers(context -> context.addBeanFactoryPostProcessor(
                                beans -> beans.registerSingleton("taker", new Taker(beans, taken))))
                        .run("--fails=true"))
                .isInstanceOf(RuntimeException.class);

        assertThat(taken.join().done().toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(30))
                .matches(report -> report.jobCount() == 0);
    }

    /** Takes the manager before any bean of the application is made. */
    private record Taker(BeanFactory beans, CompletableFuture<GracefulManager> taken) implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (name.equals("failing")) {
                taken.complete(beans.getBean(GracefulManager.class));
            }
            return bean;
        }
    }

    @Test
    @DisplayName("S22: a context that was closed is kept by nothing, though it asked for signals to be handled")
    void closedContextsAreCollectable() {
        List<WeakReference<Object>> closed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closed.add(runAndClose());
        }

        long net = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (closed.stream().anyMatch(each -> each.get() != null) && System.nanoTime() - net < 0) {
            System.gc(); // threads that watched over the close may be about to end
        }

        assertThat(closed).allSatisfy(each -> assertThat(each.get()).isNull());
    }

    private static WeakReference<Object> runAndClose() {
        ConfigurableApplicationContext context =
                builder().run("--graceful.sigterm.exit-code=0", "--graceful.second-signal=halt");
        context.close();
        return new WeakReference<>(context);
    }

    private static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.io.github.graceful4j=info", "spring.jmx.enabled=false");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ApplicationAvailabilityAutoConfiguration.class,
        GracefulAutoConfiguration.class,
        LifecycleAutoConfiguration.class
    })
    static class Application {

        @Bean
        @ConditionalOnProperty(name = "throws", havingValue = "before")
        ThrowsBefore throwsBefore() {
            return new ThrowsBefore();
        }

        @Bean
        @ConditionalOnProperty(name = "throws", havingValue = "readiness")
        ApplicationListener<AvailabilityChangeEvent<?>> throwsAtReadiness() {
            return new ThrowsAtReadiness();
        }

        @Bean
        @ConditionalOnProperty("fails")
        Failing failing() {
            return new Failing();
        }
    }

    /** Fails when there is a manager, and its phases have started. */
    static class Failing implements SmartLifecycle {

        @Override
        public void start() {
            throw new IllegalStateException("a bean that fails");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class ThrowsBefore implements ApplicationListener<ContextClosedEvent> {

        @RunningJob
        void work() {}

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            throw new IllegalStateException("a listener that fails");
        }
    }

    static class ThrowsAtReadiness implements ApplicationListener<AvailabilityChangeEvent<?>> {

        @Override
        public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
            if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
                throw new IllegalStateException("a listener that fails");
            }
        }
    }
}
