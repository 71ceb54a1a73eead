package io.github.graceful4j.report;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a page shows of a shutdown, whether it is over or under way.
 *
 * @param stacksNotTaken of how many jobs that outlasted their time nothing says where they were
 * @param waitedFor what it waited for, or waits for; what takes longest first
 */
record PageModel(
        String title,
        Status status,
        boolean underWay,
        ShutdownReason reason,
        Instant began,
        Duration elapsed,
        Duration gracePeriod,
        Duration drain,
        int stacksNotTaken,
        List<PhaseBars> phases,
        List<Bar> waitedFor,
        List<RecordedError> errors) {

    /** As many as a browser lays out at once without making its reader wait. */
    static final int MOST_BARS = 1_000;

    private static final Comparator<Bar> BY_ELAPSED =
            Comparator.comparing(Bar::elapsed).reversed();

    private static final Comparator<Bar> BY_WORTH =
            Comparator.comparing((Bar bar) -> !bar.status().isTrouble()).thenComparing(BY_ELAPSED);

    static PageModel of(ShutdownReport report) {
        List<PhaseBars> phases = Section.of(report).stream().map(PhaseBars::of).toList();
        List<Bar> bars =
                phases.stream().map(PhaseBars::bars).flatMap(Collection::stream).toList();
        return new PageModel(
                "Shutdown " + (report.outcome() == ShutdownOutcome.CLEAN ? "was clean" : wordOf(report.outcome())),
                Status.of(report.outcome()),
                false,
                report.reason(),
                report.began(),
                report.elapsed(),
                report.gracePeriod(),
                report.drain(),
                report.stacksNotTaken(),
                mostWorthy(phases),
                report.blame().stream().map(each -> barOf(each, bars)).toList(),
                report.errors());
    }

    private static Bar barOf(WaitedFor waitedFor, List<Bar> bars) {
        return bars.stream().filter(bar -> bar.isOf(waitedFor)).findFirst().orElseGet(() -> Bar.of(waitedFor));
    }

    private static String wordOf(ShutdownOutcome outcome) {
        return Status.of(outcome).word();
    }

    static PageModel of(ShutdownProgress progress) {
        List<Bar> open = progress.jobs().stream().map(Bar::of).toList();
        List<PhaseBars> phases = new ArrayList<>(Section.of(progress.phases(), List.of()).stream()
                .map(PhaseBars::of)
                .toList());
        Map<Integer, List<Bar>> byPhase = open.stream()
                .collect(Collectors.groupingBy(
                        Bar::phase, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        byPhase.forEach((phase, bars) -> phases.add(underWay(phase, bars, progress.elapsed())));
        return new PageModel(
                "Shutting down",
                Status.ACTIVE,
                true,
                progress.reason(),
                progress.began(),
                progress.elapsed(),
                progress.gracePeriod(),
                progress.drain(),
                0,
                mostWorthy(phases),
                open.stream()
                        .filter(bar -> bar.began() != null && bar.status().isOpen())
                        .sorted(BY_ELAPSED)
                        .toList(),
                progress.errors());
    }

    private static PhaseBars underWay(int phase, List<Bar> bars, Duration now) {
        Duration began = bars.stream()
                .filter(bar -> !bar.hadEndedBefore())
                .map(Bar::began)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return PhaseBars.of(phase, began, began == null ? Duration.ZERO : now.minus(began), bars);
    }

    /** Chooses where there is nothing to choose as well, so that a shutdown with many jobs goes no way of its own. */
    private static List<PhaseBars> mostWorthy(List<PhaseBars> phases) {
        List<Bar> all =
                phases.stream().map(PhaseBars::bars).flatMap(Collection::stream).toList();
        Set<Bar> kept =
                new HashSet<>(all.stream().sorted(BY_WORTH).limit(MOST_BARS).toList());
        return phases.stream().map(phase -> phase.only(kept)).toList();
    }

    boolean isLimited() {
        return gracePeriod.compareTo(Deadline.UNLIMITED) < 0;
    }

    List<Bar> bars() {
        return phases.stream().map(PhaseBars::bars).flatMap(Collection::stream).toList();
    }

    int omitted() {
        return phases.stream().mapToInt(PhaseBars::omitted).sum();
    }
}
