package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.report.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Puts together what a close has waited for. */
final class CloseSteps {

    /** The close was over with its beans. */
    static final long NO_REST = Long.MIN_VALUE;

    private CloseSteps() {}

    /**
     * Returns the steps of a close up to now, in the order in which they began.
     *
     * @param context what is closed
     * @param exit tells how long that had to wait for its start, and for which beans
     * @param stops the beans that were stopped; {@code null} if it has not come to that, or it is not known
     * @param samples what the closing thread was seen at; {@code null} if nobody looked
     * @param rest when all beans were destroyed; {@link #NO_REST} if the close did not go on after that
     * @param zero when the shutdown was requested
     */
    static List<StepResult> of(
            ApplicationContext context,
            ExitWatch exit,
            @Nullable BeanStops stops,
            @Nullable ClosingThreadSamples samples,
            long rest,
            long zero) {
        long now = System.nanoTime();
        List<StepResult> steps = new ArrayList<>();
        Duration start = exit.startTook();
        List<String> started = exit.startedThen();
        if (!start.isZero()) {
            steps.add(new StepResult(
                    StepResult.Kind.START,
                    started.isEmpty() ? String.valueOf(context.getId()) : String.join(" and ", started),
                    context.getClass().getName(),
                    null,
                    Duration.ZERO,
                    start,
                    false));
        }
        if (stops != null) {
            synchronized (stops) {
                stops.stopped().forEach(bean -> steps.add(step(bean, zero, now)));
            }
        }
        if (samples != null) {
            steps.addAll(samples.steps(zero, now));
        }
        if (rest != NO_REST) {
            steps.add(new StepResult(
                    StepResult.Kind.DESTRUCTION,
                    "what is left of '" + context.getId() + "'",
                    context.getClass().getName(),
                    null,
                    Duration.ofNanos(rest - zero),
                    Duration.ofNanos(now - rest),
                    false));
        }
        return steps.stream()
                .sorted(Comparator.comparing(StepResult::elapsed).reversed())
                .limit(ShutdownReport.MOST_STEPS)
                .sorted(Comparator.comparing(StepResult::began))
                .collect(Collectors.toList());
    }

    /** What has not stopped yet, is waited for. */
    private static StepResult step(StoppingBean bean, long zero, long now) {
        return new StepResult(
                StepResult.Kind.LIFECYCLE_BEAN,
                bean.name(),
                ClassUtils.getUserClass(bean.bean().getClass()).getName(),
                bean.getPhase(),
                Duration.ofNanos(Math.max(0, bean.beganAt() - zero)),
                Duration.ofNanos(bean.endedAt(now) - bean.beganAt()),
                bean.isTimedOut() || !bean.isOver());
    }
}
