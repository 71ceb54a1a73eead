package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DrainNoticesTests {

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
            .withPropertyValues("graceful.drain.delay=300ms");

    @Test
    @DisplayName("S8: a registry that blocks or throws holds up nothing, and the log says so")
    void whoBlocksOrThrowsHoldsUpNothing(CapturedOutput output) {
        GracefulManager[] manager = new GracefulManager[1];

        contextRunner
                .withBean("blocking", DrainListener.class, () -> never::await)
                .withBean("throwing", DrainListener.class, () -> () -> {
                    throw new IllegalStateException("no such registry");
                })
                .withBean("telling", DrainListener.class, () -> told::countDown)
                .run(context -> manager[0] = context.getBean(GracefulManager.class));

        ShutdownReport report = manager[0].report();
        assertThat(report).isNotNull();
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(told.getCount()).isZero();
        assertThat(output)
                .contains("'blocking' has not told of the drain within 300 ms, and is not waited for")
                .contains("'throwing' could not tell of the drain")
                .contains("no such registry")
                .doesNotContain("'telling'");
    }

    @Test
    @DisplayName("S8: without a delay, there is nothing to tell")
    void nobodyIsToldWithoutADelay() {
        contextRunner
                .withPropertyValues("graceful.drain.delay=0s")
                .withBean("telling", DrainListener.class, () -> told::countDown)
                .run(context -> {});

        assertThat(told.getCount()).isOne();
    }
}
