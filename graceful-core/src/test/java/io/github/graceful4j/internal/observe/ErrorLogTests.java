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

    private void add(String name, int number) {
        log.add(name, RecordedError.Source.RUNNING_JOB, new IllegalStateException(name + " " + number));
    }

    private List<String> messages() {
        return log.snapshot().stream()
                .map(error -> String.valueOf(error.thrown().getMessage()))
                .toList();
    }
}
