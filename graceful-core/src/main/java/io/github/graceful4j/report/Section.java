package io.github.graceful4j.report;

import io.github.graceful4j.job.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a report as it is shown: a phase with all that stopped in it, be it a job or not, or what has no phase.
 *
 * @param phase the phase, or {@code null} for what has none
 * @param kind what the steps of a section without a phase are; {@code null} for a phase
 * @param began how long after the shutdown was requested it began
 * @param elapsed how long it took
 * @param omitted how many more jobs there were
 */
record Section(
        @Nullable Integer phase,
        StepResult.@Nullable Kind kind,
        Duration began,
        Duration elapsed,
        List<JobResult> jobs,
        int omitted,
        List<StepResult> steps) {

    /** Returns the sections of a report, in the order in which they began. */
    static List<Section> of(ShutdownReport report) {
        return of(report.phases(), report.steps());
    }

    /** Returns the sections of some phases with jobs and some steps, in the order in which they began. */
    static List<Section> of(List<PhaseResult> phases, List<StepResult> steps) {
        Map<Object, Section> sections = new LinkedHashMap<>();
        for (PhaseResult phase : phases) {
            sections.merge(phase.phase(), of(phase), Section::plus);
        }
        for (StepResult step : steps) {
            Section section = of(step);
            sections.merge(Objects.requireNonNullElse(section.phase(), step.kind()), section, Section::plus);
        }
        List<Section> sorted = new ArrayList<>(sections.values());
        if (!steps.isEmpty()) {
            sorted.sort(Comparator.comparing(Section::began));
        }
        return sorted;
    }

    private static Section of(PhaseResult phase) {
        return new Section(
                phase.phase(), null, phase.began(), phase.elapsed(), phase.jobs(), phase.omitted(), List.of());
    }

    private static Section of(StepResult step) {
        Integer phase = step.phase();
        return new Section(
                phase, phase == null ? step.kind() : null, step.began(), step.elapsed(), List.of(), 0, List.of(step));
    }

    private Section plus(Section other) {
        Duration from = began.compareTo(other.began) < 0 ? began : other.began;
        Duration end = began.plus(elapsed);
        Duration otherEnd = other.began.plus(other.elapsed);
        return new Section(
                phase,
                kind,
                from,
                (end.compareTo(otherEnd) > 0 ? end : otherEnd).minus(from),
                concat(jobs, other.jobs),
                omitted + other.omitted,
                concat(steps, other.steps));
    }

    private static <T> List<T> concat(Collection<T> first, Collection<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Returns the heading of what has no phase. */
    String heading() {
        if (kind == StepResult.Kind.START) {
            return "Start of the application";
        }
        return kind == StepResult.Kind.LISTENER ? "Listeners of the close" : "Destruction of beans";
    }
}
