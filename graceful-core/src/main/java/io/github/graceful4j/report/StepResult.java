package io.github.graceful4j.report;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of one step of a close that is not a job: of a framework's own doing, which the library sees and does not
 * do. Immutable and thread-safe.
 *
 * @param kind what kind of step it was
 * @param name the name of what was waited for, such as that of a bean
 * @param type the name of its class; empty if that is not known
 * @param phase the phase it belongs to, or {@code null} if it belongs to none
 * @param began how long after the shutdown was requested it began
 * @param elapsed how long it took, or was waited for
 * @param timedOut whether its time was up before it was over
 */
public record StepResult(
        Kind kind,
        String name,
        String type,
        @Nullable Integer phase,
        Duration began,
        Duration elapsed,
        boolean timedOut) {

    /** What a step can be. */
    public enum Kind {
        /** The start of the application, where that had to be over before it could be closed. */
        START,
        /** Something that is told of the close before anything stops, while the close waits. */
        LISTENER,
        /** A bean that is started and stopped with the application. */
        LIFECYCLE_BEAN,
        /** The destruction of a bean. */
        DESTRUCTION
    }

    /** Checks that nothing is missing. */
    public StepResult {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(elapsed, "elapsed");
    }

    /** Returns when it was over, or not waited for any more: how long after the shutdown was requested. */
    Duration ended() {
        return began.plus(elapsed);
    }
}
