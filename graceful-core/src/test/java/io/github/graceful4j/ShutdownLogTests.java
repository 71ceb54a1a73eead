package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;

/** The lines of a shutdown, and the fields that they carry. */
@Timeout(60)
class ShutdownLogTests {

    private static final ShutdownReason REASON = ShutdownReason.signal("SIGTERM");

    private final ManualTicker ticker = new ManualTicker();
    private final RecordingLog log = new RecordingLog();

    private GracefulManager managerWith(Duration gracePeriod, Logger logger) {
        return GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .gracePeriod(gracePeriod)
                .logger(logger)
                .build();
    }

    private GracefulManager manager() {
        return managerWith(Duration.ofSeconds(30), log.logger());
    }

    private static Map<String, Object> fields(ILoggingEvent event) {
        List<KeyValuePair> pairs = Objects.requireNonNullElse(event.getKeyValuePairs(), List.of());
        return pairs.stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }

    private ILoggingEvent only(Level level, String start) {
        return log.events().stream()
                .filter(event ->
                        event.getLevel().equals(level) && event.getMessage().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line at " + level + " that starts with " + start));
    }

    private static String text(Map<String, Object> fields, String name) {
        return String.valueOf(fields.get(name));
    }

    /** Shuts down with a job that takes some time of the ticker, one that hangs, and one that fails. */
    private ShutdownReport shutDownWithTrouble() throws Exception {
        GracefulManager manager = manager();
        StubbornJob stuck = new StubbornJob();
        manager.addRunningJob("stuck", stuck, RunningJobOptions.defaults().withTimeout(Duration.ofSeconds(5)));
        manager.addShutdownJob("fail", context -> {
            ticker.advance(Duration.ofMillis(250));
            throw new IllegalStateException("broken");
        });
        Waiting.forResult(stuck.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofMillis(4_500));
        ticker.advanceWhenParked(Duration.ofMillis(500));
        ShutdownReport report = Waiting.forResult(done);
        stuck.end();
        return report;
    }

    @Test
    @DisplayName("C19: the line at the beginning names reason, jobs and deadline, in its text and as fields")
    void lineAtTheBeginning() throws Exception {
        GracefulManager manager = manager();
        manager.addShutdownJob("close", context -> {});

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        ILoggingEvent line = only(Level.INFO, "Shutdown began");
        Map<String, Object> fields = fields(line);
        assertThat(fields)
                .containsEntry("graceful.reason", "SIGTERM")
                .containsEntry("graceful.trigger", "SIGNAL")
                .containsEntry("graceful.jobs", 1);
        assertThat(fields.get("graceful.grace_period")).hasToString("30.000");
        assertThat(Instant.parse(text(fields, "graceful.deadline")))
                .isBetween(report.began().plusSeconds(29), report.began().plusSeconds(30));
        assertThat(line.getFormattedMessage())
                .isEqualTo("Shutdown began (reason: SIGTERM): 1 job, to be over in 30000 ms, by "
                        + fields.get("graceful.deadline"));
    }

    @Test
    @DisplayName("C19: without a limit no deadline is named")
    void noDeadlineWithoutLimit() throws Exception {
        GracefulManager manager = managerWith(Deadline.UNLIMITED, log.logger());

        Waiting.forResult(manager.shutdown(REASON));

        ILoggingEvent line = only(Level.INFO, "Shutdown began");
        assertThat(line.getFormattedMessage()).isEqualTo("Shutdown began (reason: SIGTERM): 0 jobs, no time limit");
        assertThat(fields(line)).doesNotContainKey("graceful.deadline");
        assertThat(only(Level.INFO, "Shutdown ended").getFormattedMessage())
                .isEqualTo("Shutdown ended CLEAN after 0 ms: 0 jobs in 0 phases, 0 errors");
    }

    @Test
    @DisplayName("C19: the line at the end has the outcome and what was waited for")
    void lineAtTheEnd() throws Exception {
        ShutdownReport report = shutDownWithTrouble();

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        ILoggingEvent line = only(Level.INFO, "Shutdown ended");
        assertThat(line.getFormattedMessage().lines())
                .containsExactly(
                        "Shutdown ended TIMED_OUT after 5250 ms of 30000 ms: 2 jobs in 1 phase, 2 errors; it waited for",
                        "\t   5.000s  stuck (abandoned)",
                        "\t   0.250s  fail (failed)");
        assertThat(fields(line))
                .containsEntry("graceful.outcome", "TIMED_OUT")
                .containsEntry("graceful.reason", "SIGTERM")
                .containsEntry("graceful.jobs", 2)
                .containsEntry("graceful.phases", 1)
                .containsEntry("graceful.errors", 2);
        assertThat(fields(line).get("graceful.elapsed")).hasToString("5.250");
    }

    @Test
    @DisplayName("C25: no reason can fake a line of the log")
    void reasonFakesNoLine() throws Exception {
        GracefulManager manager = manager();

        Waiting.forResult(manager.shutdown(ShutdownReason.requested("me\nINFO Shutdown ended CLEAN\u001b[2K")));

        assertThat(only(Level.INFO, "Shutdown began").getFormattedMessage())
                .startsWith("Shutdown began (reason: me INFO Shutdown ended CLEAN\\u001b[2K): 0 jobs");
    }

    @Test
    @DisplayName("C9: C19: the line of a stuck job and that of a failed one have the job in their fields")
    void linesOfJobs() throws Exception {
        shutDownWithTrouble();

        assertThat(fields(only(Level.WARN, "Job '{}' had not ended")))
                .containsEntry("graceful.job", "stuck")
                .containsEntry("graceful.kind", "RUNNING")
                .containsEntry("graceful.outcome", "ABANDONED")
                .containsEntry("graceful.thread", "graceful-job-stuck");
        ILoggingEvent failed = only(Level.WARN, "Job '{}' failed");
        assertThat(fields(failed)).containsEntry("graceful.outcome", "FAILED").doesNotContainKey("graceful.thread");
        assertThat(failed.getThrowableProxy().getMessage()).isEqualTo("broken");
    }

    @Test
    @DisplayName("C19: the README's table of fields is complete, and says in which lines they are")
    void readmeTableIsTrue() throws Exception {
        shutDownWithTrouble();
        Map<String, Set<String>> seen = new HashMap<>();
        log.events()
                .forEach(event -> fields(event)
                        .keySet()
                        .forEach(field -> seen.computeIfAbsent(field, unused -> new TreeSet<>())
                                .add(lineOf(event))));

        assertThat(readmeTable()).isEqualTo(seen);
    }

    private static String lineOf(ILoggingEvent event) {
        if (event.getLevel().equals(Level.WARN)) {
            return "job";
        }
        return event.getMessage().startsWith("Shutdown began") ? "begin" : "end";
    }

    private static Map<String, Set<String>> readmeTable() throws IOException {
        return Files.readString(Path.of("..", "README.md"))
                .lines()
                .filter(line -> line.startsWith("| `graceful.") && line.matches("\\| `\\S+` \\| (begin|end|job).*"))
                .map(line -> line.split(" *\\| *"))
                .collect(Collectors.toMap(
                        cells -> cells[1].replace("`", ""), cells -> new TreeSet<>(List.of(cells[2].split(", ")))));
    }

    @Test
    @DisplayName("C19: no name of a field is the beginning of another up to a dot")
    void namesOfFieldsNest() throws IOException {
        List<String> names = new ArrayList<>(readmeTable().keySet());

        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(names).noneMatch(other -> other.startsWith(name + ".")));
    }

    @Test
    @DisplayName("C9: where SLF4J is too old for fields, or a part of it is gone, the lines are there without them")
    void linesWithoutFields() throws Exception {
        GracefulManager manager =
                managerWith(Duration.ofSeconds(30), loggerThatThrows(new NoSuchMethodError("atLevel")));

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(fields(only(Level.INFO, "Shutdown began"))).isEmpty();
        assertThat(only(Level.INFO, "Shutdown ended").getFormattedMessage()).startsWith("Shutdown ended CLEAN");
    }

    @Test
    @DisplayName("C9: a logger that fails in making fields fails no shutdown")
    void failingFields() throws Exception {
        GracefulManager manager =
                managerWith(Duration.ofSeconds(30), loggerThatThrows(new IllegalStateException("no fields")));
        CountDownLatch ran = new CountDownLatch(1);
        manager.addShutdownJob("run", context -> ran.countDown());

        Waiting.forResult(manager.shutdown(REASON));

        Waiting.forLatch(ran);
    }

    /** Passes on all but the fluent methods. */
    private Logger loggerThatThrows(Throwable thrown) {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("at") || method.getName().startsWith("make")) {
                        throw thrown;
                    }
                    return method.invoke(log.logger(), arguments);
                });
    }

    @Test
    @DisplayName("C19: the line at the beginning does not count jobs that were forgotten")
    void forgottenJobsAreNotCounted() throws Exception {
        GracefulManager manager = manager();
        Registration ended = manager.addRunningJob("ended", context -> {});
        Registration unused = manager.addShutdownJob("unused", context -> {});
        manager.addShutdownJob("used", context -> {});
        Waiting.forResult(ended.ended());
        Waiting.until(ended::forget);
        assertThat(unused.forget()).isTrue();

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(fields(only(Level.INFO, "Shutdown began"))).containsEntry("graceful.jobs", 1);
    }
}
