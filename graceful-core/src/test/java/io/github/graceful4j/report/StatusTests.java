package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusTests {

    @Test
    @DisplayName("C18: a page marks what went wrong, and what is still going on, and nothing else")
    void troubleIsWhatWentWrong() {
        assertThat(Stream.of(Status.values()).filter(Status::isTrouble))
                .containsExactly(Status.FAILED, Status.INTERRUPTED, Status.ABANDONED, Status.TIMED_OUT);
        assertThat(Stream.of(Status.values()).filter(Status::isOpen))
                .containsExactly(Status.ACTIVE, Status.BACKING_OFF, Status.STOPPING);
    }
}
