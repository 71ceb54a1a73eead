package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseNameTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-5, -5",
        "2147483647, MAX",
        "2147483646, MAX − 1",
        "2147482367, MAX − 1280",
        "2147383648, MAX − 99999",
        "2147383647, 2147383647",
        "1073741823, MAX / 2",
        "536870911, MAX / 4",
        "-2147483648, MIN",
        "-2147483647, MIN + 1",
        "-2147383649, MIN + 99999",
        "-2147383648, -2147383648",
    })
    @DisplayName("C18: phases far from zero are named by how far they are from the end of their range")
    void namesAreReadable(int phase, String name) {
        assertThat(PhaseBars.of(phase, null, Duration.ZERO, List.of()).name()).isEqualTo(name);
    }
}
