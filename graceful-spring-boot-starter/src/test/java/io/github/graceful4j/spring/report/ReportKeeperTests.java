package io.github.graceful4j.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;

@ExtendWith(OutputCaptureExtension.class)
class ReportKeeperTests {

    @TempDir
    private Path directory;

    private Path file;
    private ApplicationContextRunner contextRunner;

    @BeforeEach
    void setUp() {
        file = directory.resolve("reports/shutdown.json");
        contextRunner = runnerWith(file);
    }

    private ApplicationContextRunner runnerWith(Path reportFile) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .withPropertyValues(
                        "graceful.report.file=" + reportFile,
                        "graceful.report.termination-message=" + directory.resolve("termination-log"));
    }

    private void runWithJob() {
        contextRunner.run(
                context -> context.getBean(GracefulManager.class).addShutdownJob("close the database", job -> {}));
    }

    private PreviousShutdown previous() {
        PreviousShutdown[] previous = new PreviousShutdown[1];
        contextRunner.run(
                context -> previous[0] = context.getBean(ReportKeeper.class).previous());
        return previous[0];
    }

    @Test
    @DisplayName("S14: the report of a shutdown is in the file, and the next start knows it")
    void reportOutlivesTheApplication() throws IOException {
        assertThat(previous().isKnown()).isFalse();
        runWithJob();

        String json = Files.readString(file);
        assertThat(JsonPath.<String>read(json, "$.phases[0].jobs[0].job")).isEqualTo("close the database");
        PreviousShutdown previous = previous();
        assertThat(previous.outcome()).isEqualTo("CLEAN");
        assertThat(previous.json()).isEqualTo(json);
        assertThat(previous.elapsed()).isPositive();
        assertThat(previous.stuckJobs()).isEmpty();
        assertThat(directory.resolve("reports")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisplayName("S14: a process that left its marker, and no report of its own, was unclean")
    void markerWithoutReportIsUnclean(CapturedOutput output) throws IOException {
        runWithJob();
        Files.writeString(marker(), Instant.now().plusSeconds(60).toString());

        PreviousShutdown previous = previous();

        assertThat(previous.outcome()).isEqualTo(PreviousShutdown.UNCLEAN);
        assertThat(previous.json()).isNull();
        assertThat(output).contains("The last process crashed, or was killed before its shutdown was over");
        assertThat(previous().outcome()).isEqualTo("CLEAN");
    }

    @Test
    @DisplayName("S14: a process that was killed after its report was written was unclean, and its report is known")
    void markerWithReportIsUncleanWithReport() throws IOException {
        runWithJob();
        Files.writeString(marker(), Instant.EPOCH.toString());

        PreviousShutdown previous = previous();

        assertThat(previous.outcome()).isEqualTo(PreviousShutdown.UNCLEAN);
        assertThat(previous.json()).contains("close the database");
    }

    @Test
    @DisplayName("S14: while the application runs, the marker says so; when it has ended, it is empty")
    void markerIsSetWhileRunning() throws IOException {
        contextRunner.run(context -> assertThat(Instant.parse(Files.readString(marker())))
                .isBetween(Instant.now().minusSeconds(60), Instant.now()));

        assertThat(marker()).isEmptyFile();
    }

    private Path marker() {
        return file.resolveSibling("shutdown.json.running");
    }

    @Test
    @DisplayName("S14: an application that failed to start leaves the report of the last shutdown as it was")
    void failedStartChangesNothing() throws IOException {
        runWithJob();
        String json = Files.readString(file);

        contextRunner
                .withBean(SmartLifecycle.class, FailingAtStart::new)
                .run(context -> assertThat(context).hasFailed());

        assertThat(file).hasContent(json);
        assertThat(previous().outcome()).isEqualTo("CLEAN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "{\"version\":2,\"outcome\":\"CLE",
                "[]",
                "{}",
                "{\"version\":4,\"outcome\":\"CLEAN\"}",
                "{\"version\":\"2\",\"outcome\":7}"
            })
    @DisplayName("S14: a corrupt or foreign file is a warning, and the next shutdown replaces it")
    void corruptFileIsAWarning(String content, CapturedOutput output) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertThat(previous().isKnown()).isFalse();

        assertThat(output).contains("Can't read the report of the last shutdown in '" + file);
        assertThat(previous().outcome()).isEqualTo("CLEAN");
    }

    @Test
    @DisplayName("S14: a path that can't be written to is a warning at the start, and nothing else")
    void unwritablePathIsAWarning(CapturedOutput output) throws IOException {
        Path noDirectory = Files.writeString(directory.resolve("file"), "");

        runnerWith(noDirectory.resolve("shutdown.json"))
                .run(context -> assertThat(context).hasNotFailed());
        runnerWith(directory).run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("Can't keep the report of the shutdown in '" + noDirectory)
                .contains("it is a directory")
                .contains("let 'graceful.report.file' name a file in a directory that can be written to");
    }

    @Test
    @DisplayName("S14: two applications with one file: the second is told, and leaves it alone")
    void secondApplicationIsTold(CapturedOutput output) throws IOException {
        contextRunner.run(first -> {
            first.getBean(GracefulManager.class).addShutdownJob("first", job -> {});
            contextRunner.run(second -> second.getBean(GracefulManager.class).addShutdownJob("second", job -> {}));
            assertThat(file).doesNotExist();
        });

        assertThat(file).content().contains("first").doesNotContain("second");
        assertThat(output)
                .contains("another application that runs keeps its own there; give each a file of its own in"
                        + " 'graceful.report.file'");
    }

    @Test
    @DisplayName("S14: the termination message is written where there is a file for it")
    void terminationMessageIsWritten() throws IOException {
        Path message = Files.writeString(directory.resolve("termination-log"), "");

        contextRunner.run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            IntStream.range(0, 300).forEach(i -> manager.addShutdownJob("job " + i, job -> {}));
        });

        assertThat(message)
                .content(StandardCharsets.UTF_8)
                .startsWith("shutdown clean in ")
                .endsWith(" more lines");
        assertThat(Files.size(message)).isBetween(3500L, 4096L);
    }

    @Test
    @DisplayName("S14: where there is no file for a termination message, none is made")
    void terminationMessageIsNotForced() {
        runWithJob();

        assertThat(directory.resolve("termination-log")).doesNotExist();
    }

    @Test
    @DisplayName("S14: without a file, nothing is kept, and nothing said")
    void nothingIsKeptByDefault(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .run(context -> {
                    assertThat(context.getBean(GracefulManager.class)).isNotNull();
                    assertThat(context.getBean(ReportKeeper.class).previous().isKnown())
                            .isFalse();
                });

        assertThat(output).doesNotContain("report");
    }

    static class FailingAtStart implements SmartLifecycle {

        @Override
        public void start() {
            throw new IllegalStateException("fails at start");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    @Test
    @DisplayName("S14: on request the report is also written as a page, beside the file and whole")
    void pageIsWrittenBesideTheReport() {
        contextRunner = contextRunner.withPropertyValues("graceful.report.html=true");

        runWithJob();

        assertThat(directory.resolve("reports/shutdown.html"))
                .content()
                .contains("Shutdown was clean", "close the database");
        assertThat(directory.resolve("reports")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisplayName("S14: without a request there is no page, and one that can't be written is a warning")
    void pageIsOptional(CapturedOutput output) throws IOException {
        runWithJob();
        assertThat(directory.resolve("reports/shutdown.html")).doesNotExist();
        Files.createDirectories(directory.resolve("reports/shutdown.html/not empty"));
        contextRunner = contextRunner.withPropertyValues("graceful.report.html=true");

        runWithJob();

        assertThat(output).contains("Can't write the page of the shutdown beside the report in '" + file);
        assertThat(previous().outcome()).isEqualTo("CLEAN");
    }

    @Test
    @DisplayName("S16: a page without a file to write it beside stops the start, and says what to set")
    void pageWithoutFileIsRefused() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .withPropertyValues("graceful.report.html=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("graceful.report.html")
                        .hasMessageContaining("graceful.report.file"));
    }
}
