package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.spi.SignalHandler.Arrival;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/** Signals for a framework; of one that nothing becomes of in the process of the test. */
@Isolated
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class HandledSignalTests {

    private static final String HARMLESS = "WINCH";
    private static final int NUMBER = 28;

    private final PhaseControl control =
            GracefulManager.builder().signals(false).build().phaseControl();

    @Test
    @DisplayName("S22: a framework is given signals until that is undone, and can hand them on")
    void frameworkIsGivenSignals() throws Exception {
        BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();
        BlockingQueue<Arrival> beneath = new LinkedBlockingQueue<>();
        Runnable undoBeneath = control.handleSignal(HARMLESS, beneath::add);
        Runnable undo = control.handleSignal(HARMLESS, arrived::add);

        send();
        Arrival arrival = arrived.take();
        assertThat(beneath).isEmpty();
        arrival.handOn();

        assertThat(arrival.signal()).isEqualTo("SIG" + HARMLESS);
        assertThat(arrival.number()).isEqualTo(NUMBER);
        assertThat(beneath.take().signal()).isEqualTo("SIG" + HARMLESS);
        undo.run();
        send();
        assertThat(beneath.take().number()).isEqualTo(NUMBER);
        assertThat(arrived).isEmpty();
        undoBeneath.run();
    }

    @Test
    @DisplayName("S22: a signal that can't be handled is refused")
    void unknownSignalIsRefused() {
        assertThatThrownBy(() -> control.handleSignal("NONE", arrival -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("SIGNONE");
    }

    private static void send() throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        new ProcessBuilder("/bin/sh", "-c", "kill -" + HARMLESS + " " + pid)
                .start()
                .waitFor();
    }
}
