package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows where the manager and its jobs stand, as maps of plain values, which every JSON library writes alike.
 *
 * <p>Thread-safe, as the manager is.
 */
@Endpoint(id = "graceful")
public final class GracefulEndpoint {

    private final GracefulManager manager;

    /**
     * Creates the endpoint.
     *
     * @param manager the manager to show
     */
    public GracefulEndpoint(GracefulManager manager) {
        this.manager = manager;
    }

    /** Returns the state of the manager and of each job. */
    @ReadOperation
    public Map<String, Object> graceful() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", manager.state().name());
        body.put("gracePeriod", manager.gracePeriod().toString());
        Duration remaining = manager.shutdownContext().remaining();
        if (remaining.compareTo(Deadline.FOREVER) < 0) {
            body.put("remaining", remaining.toString());
        }
        body.put("jobs", jobs());
        return body;
    }

    private List<Map<String, Object>> jobs() {
        return manager.jobs().stream().map(GracefulEndpoint::describe).toList();
    }

    private static Map<String, Object> describe(JobSnapshot job) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", job.job());
        body.put("kind", job.kind().name());
        body.put("phase", job.phase());
        body.put("state", job.state().name());
        body.put("age", job.age().toString());
        body.put("restarts", job.restarts());
        putIfPresent(body, "outcome", job.outcome());
        putIfPresent(body, "lastFailure", job.lastFailure());
        putIfPresent(body, "thread", job.thread());
        return body;
    }

    private static void putIfPresent(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }
}
