package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.ReportPage;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.report.PreviousShutdown;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Shows whoever comes with a browser the same endpoint as a page: this shutdown, or the previous one. Everyone else
 * gets the JSON of {@link GracefulEndpoint}, since only a browser asks for HTML.
 *
 * <p>Thread-safe, as the manager is.
 */
@EndpointWebExtension(endpoint = GracefulEndpoint.class)
public final class GracefulPageExtension {

    private static final String HTML = "text/html;charset=UTF-8";

    private static final String CURRENT = "current";

    private static final String PREVIOUS = "previous";

    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final Supplier<GracefulManager> managers;
    private final Supplier<PreviousShutdown> previous;
    private final Supplier<List<String>> waitingFor;
    private final Show messages;

    /**
     * Creates the extension.
     *
     * @param manager gets the manager whose shutdown to show, which is made when it is asked for first
     * @param previous returns how the last process ended
     * @param waitingFor returns the names of what the close waits for now, apart from jobs
     * @param messages who sees the messages of what was thrown, which may tell what a job worked on
     */
    public GracefulPageExtension(
            Supplier<GracefulManager> manager,
            Supplier<PreviousShutdown> previous,
            Supplier<List<String>> waitingFor,
            Show messages) {
        this.managers = manager;
        this.previous = previous;
        this.waitingFor = waitingFor;
        this.messages = messages;
    }

    /**
     * Returns the page of a shutdown.
     *
     * @param security who asks
     * @param shutdown {@code current} or {@code previous}; the current one if {@code null}
     * @param refresh whether the page of a shutdown under way is loaded again every other second; {@code true} if
     *     {@code null}
     * @throws InvalidEndpointRequestException if {@code shutdown} is something else
     */
    @ReadOperation(produces = HTML)
    @SuppressWarnings("deprecation") // Spring Boot 3.5 knows no other annotation
    public WebEndpointResponse<String> page(
            SecurityContext security,
            @org.springframework.lang.Nullable @Nullable String shutdown,
            @org.springframework.lang.Nullable @Nullable Boolean refresh) {
        GracefulManager manager = managers.get(); // who knows of the previous shutdown comes with it
        if (shutdown == null || shutdown.equals(CURRENT)) {
            return new WebEndpointResponse<>(html(current(manager, refresh == null || refresh), security));
        }
        if (shutdown.equals(PREVIOUS)) {
            PreviousShutdown last = previous.get();
            ReportPage page = previousPage(last).withLink("This process", "?shutdown=" + CURRENT);
            return new WebEndpointResponse<>(
                    html(page, security),
                    last.isKnown() ? WebEndpointResponse.STATUS_OK : WebEndpointResponse.STATUS_NOT_FOUND);
        }
        throw new InvalidEndpointRequestException(
                "Can't show shutdown '" + shutdown + "'",
                "Use 'shutdown=" + CURRENT + "' or 'shutdown=" + PREVIOUS + "'");
    }

    private ReportPage current(GracefulManager manager, boolean refresh) {
        ReportPage page = currentPage(manager, refresh);
        return previous.get().isKnown() ? page.withLink("Previous shutdown", "?shutdown=" + PREVIOUS) : page;
    }

    private ReportPage currentPage(GracefulManager manager, boolean refresh) {
        ShutdownProgress progress = manager.progress();
        if (progress != null) {
            ReportPage page = withWaitingFor(ReportPage.of(progress));
            return refresh
                    ? page.withRefresh(REFRESH).withLink("Hold this page", "?refresh=false")
                    : page.withLink("Follow the shutdown", "?refresh=true");
        }
        ShutdownReport report = manager.report();
        return report == null ? jobs(new JobList(manager)) : withWaitingFor(ReportPage.of(report));
    }

    private ReportPage withWaitingFor(ReportPage page) {
        List<String> names = waitingFor.get();
        return names.isEmpty()
                ? page
                : page.withNote("Waits for bean '" + String.join("' and '", names) + "' to stop, which is no job.");
    }

    private static ReportPage jobs(JobList jobs) {
        List<JobSnapshot> shown = jobs.mostInteresting();
        ReportPage page = ReportPage.of(shown);
        long others = jobs.size() - shown.size();
        return others > 0
                ? page.withNote(others + " more jobs are not shown, all of which are active or waiting or in the same"
                        + " state as the last one.")
                : page;
    }

    private String html(ReportPage page, SecurityContext security) {
        boolean withMessages = messages.isShown(security, List.of());
        return (withMessages ? page : page.withoutMessages()).toHtml();
    }

    private static ReportPage previousPage(PreviousShutdown last) {
        ShutdownReport report = last.report();
        boolean unclean = last.outcome().equals(PreviousShutdown.UNCLEAN);
        if (report == null) {
            return unclean
                    ? ReportPage.withoutReport(
                            "The previous process died",
                            "It crashed, or was killed before its shutdown was over, so there is no report of it.")
                    : ReportPage.withoutReport(
                            "No previous shutdown",
                            "Nothing is known of one: this is the first process, or 'graceful.report.file' is not set.");
        }
        ReportPage page = ReportPage.of(report);
        return unclean
                ? page.withNote("The process died, or was halted, when this shutdown was over, but its close was not.")
                : page;
    }
}
