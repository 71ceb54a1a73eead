package io.github.graceful4j.internal.observe;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.PlainText;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Everything the manager logs, written on a thread of its own and in order: a logging backend that fails, blocks, or is
 * slow changes nothing for whoever has something to say. Lines that could not be written are counted, and that is said
 * once. Where SLF4J is too old for fields, or a part of it has gone since, lines are logged without them.
 *
 * <p>Thread-safe, as the mailbox is, and what else changes is volatile.
 */
public final class Log {

    /** What took less is not worth a line. */
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private static final int BLAMED = 5;
    private static final int MILLI_DIGITS = 3;
    private static final int SECONDS_WIDTH = 8;
    private static final String NAME = "log";
    private static final Duration FOR_A_TURN = Duration.ofMillis(100);

    private final Logger logger;
    private final ErrorLog errors;
    private final Mailbox mailbox;
    private final AtomicInteger unplaced = new AtomicInteger();
    private volatile boolean debug;
    private volatile boolean blocked;
    private volatile boolean ofFramework;
    private volatile Level level = Level.INFO;

    /**
     * Creates a log.
     *
     * @param logger where lines are written
     * @param jobs how many jobs there are, since each has its own lines
     * @param errors is told where lines could not be written
     */
    public Log(Logger logger, IntSupplier jobs, ErrorLog errors) {
        this.logger = logger;
        this.errors = errors;
        this.mailbox = new Mailbox(
                "graceful-log", Log.class.getClassLoader(), jobs, errors.of(NAME, RecordedError.Source.LOG));
        lookForDebug();
    }

    /** Lines of which each job has one are not even made where nobody reads them. */
    private void lookForDebug() {
        try {
            debug = logger.isDebugEnabled();
        } catch (Throwable e) {
            debug = false;
        }
    }

    /** Has the shutdown begin and end at DEBUG: nothing has run that anybody would miss a line about. */
    public void hush() {
        level = Level.DEBUG;
    }

    /** Returns whether lines of single jobs that ended well are written. */
    boolean isDebug() {
        return debug;
    }

    private void post(Runnable line) {
        mailbox.post(() -> {
            sayWhatWasLost();
            line.run();
        });
    }

    private void sayWhatWasLost() {
        lookForDebug();
        long lost = mailbox.takeLost();
        if (lost > 0) {
            recordProblem(lost + " log lines were lost, since the log was too slow to take them");
        }
    }

    private void recordProblem(String problem) {
        errors.add(NAME, RecordedError.Source.LOG, new TimeoutException(problem));
        logger.warn("{}", problem);
    }

    /**
     * Logs at DEBUG.
     *
     * @param message the line, with SLF4J's placeholders
     * @param arguments what to put there, and last a throwable, if there is one
     */
    public void debug(String message, @Nullable Object... arguments) {
        post(() -> logger.debug(message, arguments));
    }

    /** Logs at INFO; see {@link #debug}. */
    public void info(String message, @Nullable Object... arguments) {
        post(() -> logger.info(message, arguments));
    }

    /** Logs at WARN; see {@link #debug}. */
    public void warn(String message, @Nullable Object... arguments) {
        post(() -> logger.warn(message, arguments));
    }

    /** Logs at ERROR; see {@link #debug}. */
    public void error(String message, @Nullable Object... arguments) {
        post(() -> logger.error(message, arguments));
    }

    /** Logs at WARN, with the name of a job in the mapped diagnostic context. */
    void warnOf(String job, String message, @Nullable Object... arguments) {
        post(() -> as(job, () -> logger.warn(message, arguments)));
    }

    private static void as(String job, Runnable line) {
        JobMdc.put(job);
        try {
            line.run();
        } finally {
            JobMdc.remove();
        }
    }

    /**
     * Logs how a job ended: at DEBUG if it ended well, else at WARN. Of very many that outlast their time together, not
     * each has its place taken, and those without one share a line.
     */
    void jobEnded(JobResult result, int phase) {
        boolean endedWell = result.outcome() == JobOutcome.COMPLETED || result.outcome() == JobOutcome.SKIPPED;
        if (!endedWell && result.outcome() != JobOutcome.FAILED && result.stuck() == null) {
            unplaced.incrementAndGet();
        } else if (!endedWell || debug) {
            post(() -> as(result.job(), () -> writeEnd(result, phase)));
        }
    }

    private void writeEnd(JobResult result, int phase) {
        String job = result.job();
        String kind = result.kind() == JobKind.SOURCE ? "Work source" : "Job";
        switch (result.outcome()) {
            case COMPLETED, SKIPPED -> logger.debug(kind + " '{}' completed", job);
            case FAILED -> warnWithFields(result, phase, kind + " '{}' failed", job, result.failure());
            case INTERRUPTED ->
                warnWithFields(
                        result,
                        phase,
                        kind + " '{}' ended only after it was interrupted, at an age of {} ms; it was at {}",
                        job,
                        result.age().toMillis(),
                        placeOf(result.stuck()),
                        result.failure());
            case ABANDONED, TIMED_OUT ->
                warnWithFields(
                        result,
                        phase,
                        kind + " '{}' had not ended when its time was up, at an age of {} ms, and is not waited for any"
                                + " more; it was at {}",
                        job,
                        result.age().toMillis(),
                        placeOf(result.stuck()));
        }
    }

    private void sayHowManyHaveNoPlace() {
        int late = unplaced.getAndSet(0);
        if (late > 0) {
            logger.warn("{} more jobs outlasted their time; the report names them", late);
        }
    }

    /** Logs what a job threw after it was given up. */
    void jobFailedLate(JobResult result, int phase) {
        post(() -> as(
                result.job(),
                () -> warnWithFields(
                        result, phase, "Job '{}' failed after it was given up", result.job(), result.failure())));
    }

    private void warnWithFields(JobResult result, int phase, String message, @Nullable Object... arguments) {
        withFields(Level.WARN, LogFields.ofJob(result, phase), message, arguments);
    }

    /**
     * Logs that a shutdown began; {@code ago} is how much of the grace period is over, and {@code deadline} by the
     * clock on the wall, {@code null} for no limit.
     */
    void shutdownBegan(
            ShutdownReason reason, int jobs, Duration gracePeriod, Duration ago, @Nullable Instant deadline) {
        mailbox.post(new Beginning(this, reason, jobs, gracePeriod, ago, deadline));
    }

    /** The line about the beginning; no lambda, since making the first ones takes longer than all else it does. */
    private record Beginning(
            Log log,
            ShutdownReason reason,
            int jobs,
            Duration gracePeriod,
            Duration ago,
            @Nullable Instant deadline) implements Runnable {

        @Override
        public void run() {
            log.sayWhatWasLost();
            log.withFields(
                    log.level,
                    LogFields.ofRequest(reason, jobs, gracePeriod, deadline),
                    "Shutdown began (reason: {}): {}, {}",
                    PlainText.of(reason.toString()),
                    count(jobs, "job"),
                    deadline == null ? "no time limit" : limit(deadline));
        }

        private String limit(Instant by) {
            long left = gracePeriod.minus(ago).toMillis();
            return (left > 0 ? "to be over in " + left + " ms, by " : "which was to be over by ") + InstantText.of(by);
        }
    }

    /** A framework shuts down, of which this is a part; so what is over when the jobs are is no more than that. */
    public void isOfFramework() {
        ofFramework = true;
    }

    /** Logs that a shutdown is over, and what it waited for, if that took a while. */
    void shutdownEnded(ShutdownReport report) {
        mailbox.post(new Ending(this, report));
    }

    private void writeEnd(ShutdownReport report) {
        sayWhatWasLost();
        sayHowManyHaveNoPlace();
        withFields(
                level,
                LogFields.ofReport(report),
                ofFramework
                        ? "Jobs ended {} after {} ms{}: {} in {}, {}{}"
                        : "Shutdown ended {} after {} ms{}: {} in {}, {}{}",
                report.outcome(),
                report.elapsed().toMillis(),
                report.gracePeriod().compareTo(Deadline.UNLIMITED) < 0
                        ? " of " + report.gracePeriod().toMillis() + " ms"
                        : "",
                count(report.jobCount(), "job"),
                count(report.phases().size(), "phase"),
                count(report.errors().size(), "error"),
                blame(report));
        if (logger.isDebugEnabled()) {
            logger.debug("{}", report.toText());
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** The line about the end. */
    private record Ending(Log log, ShutdownReport report) implements Runnable {

        @Override
        public void run() {
            log.writeEnd(report);
        }
    }

    /** There are jobs only, at this point; so none of what is needed to blame anything else is loaded. */
    private static String blame(ShutdownReport report) {
        List<JobResult> slow = new ArrayList<>();
        for (PhaseResult phase : report.phases()) {
            for (JobResult job : phase.blame()) {
                if (job.elapsed().compareTo(NOTICEABLE) >= 0) {
                    slow.add(job);
                }
            }
        }
        if (slow.isEmpty()) {
            return "";
        }
        slow.sort(Comparator.comparing(JobResult::elapsed).reversed());
        StringBuilder text = new StringBuilder("; it waited for");
        for (JobResult job : slow.subList(0, Math.min(BLAMED, slow.size()))) {
            addLine(job, text);
        }
        return text.toString();
    }

    private static void addLine(JobResult waitedFor, StringBuilder to) {
        String seconds =
                BigDecimal.valueOf(waitedFor.elapsed().toMillis(), MILLI_DIGITS).toPlainString();
        to.append(System.lineSeparator()).append('\t');
        to.append(" ".repeat(Math.max(0, SECONDS_WIDTH - seconds.length()))).append(seconds);
        to.append("s  ").append(PlainText.of(waitedFor.job())).append(" (");
        to.append(waitedFor.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(')');
    }

    /** Writes where a thread was, over several lines. */
    public static String placeOf(@Nullable StuckThread stuck) {
        if (stuck == null) {
            return "an unknown place";
        }
        return "thread '" + PlainText.of(stuck.name()) + "'"
                + stuck.stack().stream()
                        .map(frame -> "\n\tat " + PlainText.of(frame.toString()))
                        .collect(Collectors.joining());
    }

    private void withFields(Level severity, LogFields fields, String message, @Nullable Object... arguments) {
        LoggingEventBuilder line;
        try {
            line = fields.addTo(logger.atLevel(severity));
        } catch (LinkageError e) {
            if (severity == Level.WARN) {
                logger.warn(message, arguments);
            } else if (severity == Level.INFO) {
                logger.info(message, arguments);
            } else {
                logger.debug(message, arguments);
            }
            return;
        }
        log(line, message, arguments);
    }

    /** The last argument is the cause if it is a throwable, as in SLF4J's own methods. */
    private static void log(LoggingEventBuilder line, String message, @Nullable Object[] arguments) {
        int last = arguments.length - 1;
        if (last >= 0 && arguments[last] instanceof Throwable cause) {
            line.setCause(cause).log(message, Arrays.copyOf(arguments, last));
        } else {
            line.log(message, arguments);
        }
    }

    /** Returns what is reached when all lines so far are written, for the calling thread. */
    Marker marker() {
        return mailbox.marker();
    }

    /** The shutdown is over. */
    void close() {
        mailbox.close();
    }

    /**
     * Waits until the lines before {@code marker} are written, and records it if they are not at {@code deadline}; then
     * the log is not waited for again.
     */
    void awaitWritten(Marker marker, Deadline deadline) {
        // Where time was used up by others, the thread that writes may only have had no turn yet.
        if (blocked || marker.await(deadline) || marker.await(Deadline.after(FOR_A_TURN, Ticker.system()))) {
            return;
        }
        blocked = true;
        errors.add(
                NAME,
                RecordedError.Source.LOG,
                new TimeoutException("The log had not taken all lines when time was up, and " + mailbox.takeLost()
                        + " are lost; it is not waited for any more"));
    }
}
