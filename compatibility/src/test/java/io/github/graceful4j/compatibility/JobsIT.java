package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.RunningJob;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;

@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class JobsIT {

    @ParameterizedTest
    @MethodSource("transitions")
    @DisplayName("S17: S9: a running job is stopped and started again, and shutdown jobs run at the close only, in order")
    void jobsFollowTransitions(Transition transition) throws InterruptedException {
        Journal journal;
        try (ConfigurableApplicationContext application = WebApplication.start()) {
            journal = application.getBean(Journal.class);
            assertThat(journal.take()).isEqualTo("settling, cancelled: false");

            ReflectionUtils.invokeMethod(transition.away(), application);
            assertThat(journal.take()).isEqualTo("settled, with database: true");
            ReflectionUtils.invokeMethod(transition.back(), application);
            assertThat(journal.take()).isEqualTo("settling, cancelled: false");
            assertThat(journal.entries()).isEmpty();
        }
        assertThat(journal.entries())
                .containsExactly(
                        "settled, with database: true",
                        "flushed, with database: true",
                        "summed up, with database: true",
                        "beans destroyed");
    }

    static Stream<Transition> transitions() {
        return BootLine.hasPause()
                ? Stream.of(Transition.of("stop", "start"), Transition.of("pause", "restart"))
                : Stream.of(Transition.of("stop", "start"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("S17: S15: jobs run on virtual threads where they are enabled")
    void jobsRunOnVirtualThreads() {
        try (ConfigurableApplicationContext application = WebApplication.start("--spring.threads.virtual.enabled=true")) {
            CompletableFuture<String> thread = new CompletableFuture<>();

            application
                    .getBean(GracefulManager.class)
                    .addRunningJob("look", context -> thread.complete(
                            Thread.currentThread().getClass().getName()));

            assertThat(thread.join()).isEqualTo("java.lang.VirtualThread");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("S17: S1: a method that can't be a job ends the start with a failure analysis")
    void wrongMethodIsAnalyzed(CapturedOutput output) {
        assertThatThrownBy(() -> WebApplication.start(WrongMethod.class))
                .isInstanceOf(RuntimeException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Description:", "Action:")
                .contains("WrongMethod.work(String)' of bean '")
                .contains("Let it take nothing, or one parameter of type io.github.graceful4j.job.JobContext.");
    }

    static class WrongMethod {

        @RunningJob
        void work(String topic) {}
    }

    /**
     * Two methods of a context; looked up, since not every line has them all.
     *
     * @param away what stops running jobs
     * @param back what starts them again
     */
    record Transition(Method away, Method back) {

        static Transition of(String away, String back) {
            return new Transition(method(away), method(back));
        }

        private static Method method(String name) {
            return Objects.requireNonNull(ReflectionUtils.findMethod(ConfigurableApplicationContext.class, name));
        }

        @Override
        public String toString() {
            return away.getName() + ", " + back.getName();
        }
    }
}
