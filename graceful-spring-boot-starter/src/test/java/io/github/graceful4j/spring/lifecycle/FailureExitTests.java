package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(60)
class FailureExitTests {

    private static boolean isStandalone(String... frames) {
        return FailureExit.isStartedByMain(Stream.of(frames)
                .map(frame -> frame.split("#"))
                .map(frame -> new StackTraceElement(frame[0], frame[1], null, 0))
                .toArray(StackTraceElement[]::new));
    }

    @Test
    @DisplayName("S23: a process is the application's own if its main method starts it, and nobody else's")
    void whoseProcessItIs() {
        assertThat(isStandalone("org.springframework.boot.SpringApplication#run", "com.example.App#main"))
                .isTrue();
        assertThat(isStandalone("org.springframework.boot.SpringApplication#run", "java.lang.Thread#run"))
                .isFalse();
        assertThat(isStandalone(
                        "com.example.App#main",
                        "org.junit.platform.engine.support.hierarchical.NodeTestTask#execute",
                        "org.apache.maven.surefire.booter.ForkedBooter#main"))
                .isFalse();
        assertThat(isStandalone(
                        "org.springframework.boot.web.servlet.support.SpringBootServletInitializer#run",
                        "org.apache.catalina.startup.Bootstrap#main"))
                .isFalse();
        assertThat(isStandalone(
                        "com.example.App#main", "org.springframework.boot.devtools.restart.RestartLauncher#run"))
                .isFalse();
    }

    @Test
    @DisplayName("S23: in a test, the application is closed and the exit code is there to be asked for, and no more")
    void testsGoOn() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    ExitCodeGenerator exitCode = context.getBean(ExitCodeGenerator.class);
                    assertThat(exitCode.getExitCode()).isZero();

                    manager.addRunningJob(
                            "fail",
                            job -> {
                                throw new IllegalStateException("no way on");
                            },
                            RunningJobOptions.defaults().withFailurePolicy(FailurePolicy.shutDown()));

                    manager.awaitDone();
                    assertThat(exitCode.getExitCode()).isEqualTo(1);
                });
    }
}
