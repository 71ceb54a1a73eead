package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;

/** What of a grace period is over before the shutdown that it is meant for could be begun. */
final class GracePeriodSoFar {

    /** Two threads may have heard of the same moment. */
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private GracePeriodSoFar() {}

    /**
     * Brings the deadline of a shutdown that has begun forward.
     *
     * @param elapsed by how much; zero for not at all
     */
    static void takeOff(GracefulManager manager, Duration elapsed) {
        Duration total = manager.gracePeriod();
        RequestedShutdown begun = manager.requestedShutdown();
        if (begun == null || elapsed.isZero() || total.compareTo(Deadline.UNLIMITED) >= 0) {
            return;
        }
        Duration left = total.minus(elapsed);
        if (left.plus(NOTICEABLE).compareTo(manager.shutdownContext().remaining()) < 0) {
            manager.shutdown(begun.reason(), left.isNegative() ? Duration.ZERO : left);
        }
    }
}
