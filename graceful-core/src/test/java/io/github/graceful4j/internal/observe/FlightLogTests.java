package io.github.graceful4j.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlightLogTests {

    @Test
    @DisplayName("C19: a JVM without a recorder is told of nothing, and never asks for what an event needs")
    void withoutRecorder() {
        FlightLog none = FlightLog.none();

        none.shutdownBegan();
        none.phaseBegan();

        assertThat(none.isOpen()).isFalse();
        assertThat(none.jobBegan()).isNull();
        assertThat(none).isNotInstanceOf(JfrGate.class);
    }

    @Test
    @DisplayName("C19: a JVM with a recorder is told of all")
    void withRecorder() {
        assertThat(FlightLog.system()).isInstanceOf(JfrGate.class);
    }
}
