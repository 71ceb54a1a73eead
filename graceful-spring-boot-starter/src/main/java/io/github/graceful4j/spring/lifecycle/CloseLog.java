package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.PlainText;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.report.WaitedFor;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says in the log what the close of an application waited for. */
final class CloseLog {

    /** What took less is not worth a line. */
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private static final int MOST_LINES = 5;

    private static final Logger logger = LoggerFactory.getLogger(CloseLog.class);

    private CloseLog() {}

    /**
     * Says it where there is more to say than that of the jobs, which is said when these are over.
     *
     * @param context the name of the application context
     * @param report what came of its close
     */
    static void closed(String context, ShutdownReport report) {
        List<WaitedFor> blamed = report.blame().stream()
                .filter(each -> each.elapsed().compareTo(NOTICEABLE) >= 0)
                .limit(MOST_LINES)
                .toList();
        boolean late = report.outcome() == ShutdownOutcome.TIMED_OUT;
        if (late || blamed.stream().anyMatch(each -> !each.kind().isJob())) {
            logger.atLevel(late ? Level.WARN : Level.INFO)
                    .log(
                            "Application context '{}' was closed {} after {} ms{}{}",
                            context,
                            report.outcome(),
                            report.elapsed().toMillis(),
                            report.gracePeriod().compareTo(Deadline.UNLIMITED) < 0
                                    ? " of " + report.gracePeriod().toMillis() + " ms"
                                    : "",
                            blamed.isEmpty() ? "" : "; it waited for" + text(blamed));
        }
        logger.debug("{}", report.toText());
    }

    private static String text(List<WaitedFor> blamed) {
        return blamed.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%n\t%8.3fs  %s (%s, %s)",
                        each.elapsed().toMillis() / 1e3,
                        PlainText.of(each.name()),
                        each.kind().word(),
                        each.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .collect(Collectors.joining());
    }
}
