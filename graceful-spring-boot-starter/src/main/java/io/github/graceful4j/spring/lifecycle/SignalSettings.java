package io.github.graceful4j.spring.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * What an application wants of signals beyond what the JVM does.
 *
 * @param sigtermExitCode the exit code of the process after a clean shutdown by SIGTERM, or {@code null} to leave it at
 *     143
 * @param haltsAtSecond whether a second signal halts the process while it is shutting down
 */
public record SignalSettings(@Nullable Integer sigtermExitCode, boolean haltsAtSecond) {

    /** Returns whether signals have to be handled at all. */
    boolean isNeeded() {
        return sigtermExitCode != null || haltsAtSecond;
    }
}
