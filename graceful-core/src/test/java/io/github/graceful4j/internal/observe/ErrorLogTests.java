package io.github.graceful4j.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.report.RecordedError;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorLogTests {

    private final ErrorLog log = new ErrorLog();

    @Test
    @DisplayName("C11: of a job that fails for ever, the first and the last errors are kept, in order")
    void endlessFailuresKeepTheirEnds() {
        IntStream.range(0, 1000).forEach(i -> add("restarting", i));

        assertThat(messages())
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.range(0, 50).boxed(),
                                IntStream.range(950, 1000).boxed())
                        .map(i -> "restarting " + i)
                        .toList());
    }

    @Test
    @DisplayName("C11: a job that fails for ever pushes out no error of another")
    void endlessFailuresPushOutNoOther() {
        add("once", 0);
        IntStream.range(0, 1000).forEach(i -> add("restarting", i));
        add("late", 0);

        assertThat(messages()).hasSize(102).startsWith("once 0").endsWith("late 0");
    }

    @Test
    @DisplayName("C25: what jobs threw that were forgotten counts together, however many they were")
    void forgottenCountTogether() {
        add("kept", 0);
        for (int i = 0; i < 1_000; i++) {
            add("job-" + i, 1);
            add("job-" + i, 2);
            log.forget("job-" + i, RecordedError.Source.RUNNING_JOB);
        }
        log.forget("unknown", RecordedError.Source.RUNNING_JOB);

        assertThat(messages())
                .hasSize(101)
                .startsWith("kept 0", "job-0 1", "job-0 2")
                .contains("job-24 2", "job-975 1")
                .endsWith("job-999 2");
    }

    @Test
    @DisplayName("C11: a running and a shutdown job of one name count apart")
    void kindsCountApart() {
        IntStream.range(0, 200).forEach(i -> add("same", i));
        log.add("same", RecordedError.Source.SHUTDOWN_JOB, new IllegalStateException("shutdown"));
        log.forget("same", RecordedError.Source.SHUTDOWN_JOB);
        add("same", 200);

        assertThat(messages()).hasSize(101).endsWith("same 199", "shutdown", "same 200");
    }

    private void add(String name, int number) {
        log.add(name, RecordedError.Source.RUNNING_JOB, new IllegalStateException(name + " " + number));
    }

    private List<String> messages() {
        return log.snapshot().stream()
                .map(error -> String.valueOf(error.thrown().getMessage()))
                .toList();
    }
}
