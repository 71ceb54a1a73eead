package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(120)
@Isolated("records what happens in the whole process")
class FlightRecorderTests {

    @TempDir
    private Path directory;

    private static GracefulManager manager() {
        GracefulManager manager = GracefulManager.builder().signals(false).build();
        manager.addRunningJob(
                "run",
                JobContext::awaitCancellation,
                RunningJobOptions.defaults().withPhase(7));
        manager.addShutdownJob("close", context -> {
            throw new IllegalStateException("secret");
        });
        return manager;
    }

    private List<RecordedEvent> dump(Recording recording) throws IOException {
        Path file = directory.resolve("recording.jfr");
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("graceful."))
                .toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    @DisplayName("C19: a recording has one event for each job, phase and shutdown, which says when, how long and how")
    void recordsAll() throws Exception {
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.start();

            GracefulManager manager = manager();
            // A short name, since the recorder of JDK 17 once lost a text of its pool, which takes those from 16
            // characters on.
            Waiting.forResult(manager.shutdown(ShutdownReason.jobFailed("x", new IllegalStateException("secret"))));

            events = dump(recording);
        }
        assertThat(named(events, "graceful.Job"))
                .extracting(
                        event -> event.getString("name"),
                        event -> event.getString("kind"),
                        event -> event.getInt("phase"),
                        event -> event.getString("outcome"))
                .containsExactlyInAnyOrder(
                        tuple("run", "RUNNING", 7, "COMPLETED"), tuple("close", "SHUTDOWN", 0, "FAILED"));
        assertThat(named(events, "graceful.Phase"))
                .extracting(event -> event.getInt("phase"), event -> event.getInt("jobs"))
                .containsExactlyInAnyOrder(tuple(7, 1), tuple(0, 1));
        assertThat(named(events, "graceful.Shutdown"))
                .extracting(
                        event -> event.getString("reason"),
                        event -> event.getString("kind"),
                        event -> event.getString("outcome"),
                        event -> event.getDuration("gracePeriod"))
                .containsExactly(tuple("job 'x' failed", "JOB_FAILED", "FAILED", Duration.ofSeconds(25)));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getDuration()).isPositive();
            assertThat(event.getStackTrace()).isNull();
            assertThat(event.toString()).doesNotContain("secret");
        });
    }

    @Tag("rounds")
    @Test
    @DisplayName("C19: a job that began before the recording is in it with its whole age")
    void jobOlderThanRecording() throws Exception {
        GracefulManager manager = manager();
        long before = System.nanoTime();
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.start();
            Duration atLeast = Duration.ofNanos(System.nanoTime() - before);

            Waiting.forResult(manager.shutdown(ShutdownReason.requested("test")));

            events = dump(recording);
            assertThat(named(events, "graceful.Job"))
                    .filteredOn(event -> event.getString("name").equals("run"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getDuration("age")).isGreaterThan(atLeast));
        }
    }

    @Tag("rounds")
    @Test
    @DisplayName("C19: a runtime without the flight recorder shuts down as any other")
    void runtimeWithoutRecorder() throws Exception {
        Path java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "--limit-modules",
                        "java.naming,java.xml,jdk.unsupported",
                        "-cp",
                        Objects.requireNonNull(System.getProperty("java.class.path")),
                        "io.github.graceful4j.Programs",
                        "shut-down")
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output.lines()).contains("closed", "CLEAN");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
