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

    private CloseSteps() {}

    /**
     * Returns the steps of a close up to now, in the order in which they began.
     *
     * @param context what is closed
     * @param start how long that had to wait for its start; zero if it did not
     * @param stops the beans that were stopped; {@code null} if it has not come to that, or it is not known
     * @param samples what the closing thread was seen at; {@code null} if nobody looked
     * @param zero when the shutdown was requested
     */
    static List<StepResult> of(
            ApplicationContext context,
            Duration start,
            @Nullable BeanStops stops,
            @Nullable ClosingThreadSamples samples,
            long zero) {
        long now = System.nanoTime();
        List<StepResult> steps = new ArrayList<>();
        if (!start.isZero()) {
            steps.add(new StepResult(
                    StepResult.Kind.START,
                    String.valueOf(context.getId()),
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
