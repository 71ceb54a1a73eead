package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.JobControl;
import io.github.graceful4j.ManagerState;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.spring.report.PreviousShutdown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Shows where the manager and its jobs stand, as maps of plain values, which every JSON library writes alike; and stops
 * and starts single jobs and drains, for those who were granted unrestricted access.
 *
 * <p>Thread-safe, as the manager is.
 */
@Endpoint(id = "graceful", defaultAccess = Access.READ_ONLY)
public final class GracefulEndpoint {

    private static final Logger logger = LoggerFactory.getLogger(GracefulEndpoint.class);

    private static final int STATUS_CONFLICT = 409;

    private final Supplier<GracefulManager> managers;
    private final Supplier<PreviousShutdown> previous;
    private final Supplier<List<String>> waitingFor;
    private final ApplicationEventPublisher events;
    private final Show messages;

    /**
     * Creates the endpoint.
     *
     * @param manager gets the manager to show, which is made when it is asked for first
     * @param previous returns how the last process ended
     * @param waitingFor returns the names of what the close waits for now, apart from jobs
     * @param events hears that readiness is turned off
     * @param messages who sees the messages of what was thrown, which may tell what a job worked on
     */
    public GracefulEndpoint(
            Supplier<GracefulManager> manager,
            Supplier<PreviousShutdown> previous,
            Supplier<List<String>> waitingFor,
            ApplicationEventPublisher events,
            Show messages) {
        this.managers = manager;
        this.previous = previous;
        this.waitingFor = waitingFor;
        this.events = events;
        this.messages = messages;
    }

    /**
     * Returns the state of the manager, how many jobs there are, how the last process ended, and the first 100 jobs:
     * those that are neither active nor waiting come first. With any parameter, it is jobs in the order of
     * registration.
     *
     * @param security who asks
     * @param kind the kind of the jobs to show, or {@code null} for both
     * @param state the state they are in, or {@code null} for any
     * @param name what their names contain, or {@code null} for any name
     * @param offset how many of these to leave out; none if {@code null}
     * @param limit how many of the rest to show at most, up to 1,000; 100 if {@code null}
     * @throws org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException if there is no such kind or
     *     state, or a number is out of range
     */
    @ReadOperation
    @SuppressWarnings("deprecation") // Spring Boot 3.5 knows no other annotation
    public Map<String, Object> graceful(
            SecurityContext security,
            @org.springframework.lang.Nullable @Nullable String kind,
            @org.springframework.lang.Nullable @Nullable String state,
            @org.springframework.lang.Nullable @Nullable String name,
            @org.springframework.lang.Nullable @Nullable Integer offset,
            @org.springframework.lang.Nullable @Nullable Integer limit) {
        GracefulManager manager = managers.get();
        if (kind == null && state == null && name == null && offset == null && limit == null) {
            return body(manager, security, new JobList(manager).mostInteresting());
        }
        return body(manager, security, manager.jobs(JobList.query(kind, state, name, offset, limit)));
    }

    private Map<String, Object> body(GracefulManager manager, SecurityContext security, List<JobSnapshot> jobs) {
        Bodies bodies = bodies(security);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", manager.state().name());
        Bodies.putLimit(body, manager.gracePeriod());
        RequestedShutdown requested = manager.requestedShutdown();
        if (requested != null) {
            body.put(
                    "shutdown",
                    bodies.shutdown(requested, manager.shutdownContext().remaining(), waitingFor.get()));
        }
        body.put("work", Bodies.work(manager.workTracker()));
        body.put("jobCounts", new JobList(manager).counts());
        body.put("jobs", jobs.stream().map(bodies::job).toList());
        PreviousShutdown last = previous.get();
        if (last.isKnown()) {
            body.put("previousShutdown", bodies.previous(last));
        }
        return body;
    }

    /**
     * Returns the state of a job and the stack of its thread; of both, where a running and a shutdown job have that
     * name.
     *
     * @param security who asks
     * @param job the name of the job, which a slash in it has split
     * @return the state, or {@code null} if there is no such job
     */
    @ReadOperation
    public @Nullable Map<String, Object> job(
            SecurityContext security, @Selector(match = Match.ALL_REMAINING) String... job) {
        return job(bodies(security), String.join("/", job));
    }

    private @Nullable Map<String, Object> job(Bodies bodies, String name) {
        JobControl control = managers.get().jobControl();
        List<Map<String, Object>> jobs = Stream.of(JobKind.values())
                .map(kind -> control.snapshot(name, kind))
                .filter(Objects::nonNull)
                .map(job -> withStack(bodies, job, control))
                .toList();
        return jobs.isEmpty() ? null : Map.of("jobs", jobs);
    }

    private static Map<String, Object> withStack(Bodies bodies, JobSnapshot job, JobControl control) {
        Map<String, Object> body = bodies.job(job);
        var where = control.whereabouts(job.job(), job.kind());
        if (where != null) {
            body.put("thread", where.name());
            body.put("stack", Bodies.stack(where));
        }
        return body;
    }

    /**
     * Begins to drain: readiness turns to refusing traffic, and the work tracker refuses new units of work. All else
     * goes on, jobs too, until the application is closed; there is no way back. Asked for again, it does nothing.
     *
     * @param security who asks
     * @param action {@code drain}
     * @return the state as after {@link #graceful}; 400 for another action, 409 once shutdown began
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> operate(SecurityContext security, String action) {
        if (!action.equals("drain")) {
            return refusal(
                    WebEndpointResponse.STATUS_BAD_REQUEST, "Can't do '" + action + "': the only action is 'drain'");
        }
        GracefulManager manager = managers.get();
        RequestedShutdown requested = manager.requestedShutdown();
        if (requested != null) {
            return refusal(
                    STATUS_CONFLICT,
                    "Can't drain: shutdown began at " + requested.began() + " (reason: "
                            + requested.reason().description() + ")");
        }
        if (!manager.workTracker().isDraining()) {
            logger.info("Draining, as the endpoint was asked to: readiness is off, and new work is refused");
            AvailabilityChangeEvent.publish(events, this, ReadinessState.REFUSING_TRAFFIC);
            manager.workTracker().drain();
        }
        return new WebEndpointResponse<>(graceful(security, null, null, null, null, null));
    }

    /**
     * Stops a running job, or starts it again, without waiting for it.
     *
     * @param security who asks
     * @param action {@code stop} or {@code start}
     * @param job the name of the job, which a slash in it has split
     * @return the state as after {@link #job}; 404 if there is no running job of that name, 400 for another action, 409
     *     if it is too late
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> operateJob(
            SecurityContext security, String action, @Selector(match = Match.ALL_REMAINING) String... job) {
        String name = String.join("/", job);
        try {
            switch (action) {
                case "stop" -> managers.get().jobControl().stop(name);
                case "start" -> managers.get().jobControl().start(name);
                default -> {
                    return refusal(
                            WebEndpointResponse.STATUS_BAD_REQUEST,
                            "Can't do '" + action + "' with job '" + name + "': use 'stop' or 'start'");
                }
            }
        } catch (IllegalArgumentException e) {
            return refusal(WebEndpointResponse.STATUS_NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return refusal(STATUS_CONFLICT, "Can't " + action + " job '" + name + "': " + whyTooLate());
        }
        logger.info("Job '{}' was told to {}, as the endpoint was asked to", name, action);
        return new WebEndpointResponse<>(job(bodies(security), name));
    }

    /** The reason of a shutdown may contain the message of a failure, which is not for everybody. */
    private String whyTooLate() {
        return managers.get().state() == ManagerState.STARTED ? "it is being forgotten" : "shutdown began";
    }

    private static WebEndpointResponse<Map<String, Object>> refusal(int status, String error) {
        return new WebEndpointResponse<>(Map.of("error", error), status);
    }

    private Bodies bodies(SecurityContext security) {
        return new Bodies(messages.isShown(security, List.of()));
    }
}
