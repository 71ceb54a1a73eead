package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spring.report.PreviousShutdown;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.work.WorkTracker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParserFactory;

/**
 * Describes what the endpoint shows, in the words of the report: durations are seconds, moments ISO 8601 in UTC.
 * Thread-safe, as it is immutable.
 *
 * @param withMessages whether the messages of what was thrown are part of it, beside the name of its class
 */
record Bodies(boolean withMessages) {

    private static final int MILLI_DIGITS = 3;

    static BigDecimal seconds(Duration duration) {
        BigDecimal seconds =
                BigDecimal.valueOf(duration.toMillis(), MILLI_DIGITS).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    Map<String, Object> job(JobSnapshot job) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", job.job());
        body.put("kind", job.kind().name());
        body.put("phase", job.phase());
        body.put("state", job.state().name());
        body.put("age", seconds(job.age()));
        body.put("restarts", job.restarts());
        if (job.outcome() != null) {
            body.put("outcome", job.outcome().name());
        }
        if (job.lastFailure() != null) {
            body.put("lastFailure", thrown(job.lastFailure()));
        }
        if (job.thread() != null) {
            body.put("thread", job.thread());
        }
        return body;
    }

    private Map<String, Object> thrown(Throwable thrown) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", thrown.getClass().getName());
        if (withMessages) {
            body.put("message", String.valueOf(thrown.getMessage()));
        }
        return body;
    }

    static List<String> stack(StuckThread where) {
        return where.stack().stream().map(StackTraceElement::toString).toList();
    }

    static Map<String, Object> work(WorkTracker tracker) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("draining", tracker.isDraining());
        body.put("inFlight", tracker.inFlight());
        body.put("refused", tracker.refused());
        return body;
    }

    /** A limit that is not there is left out. */
    static void putLimit(Map<String, Object> body, Duration gracePeriod) {
        if (gracePeriod.compareTo(Deadline.UNLIMITED) < 0) {
            body.put("gracePeriod", seconds(gracePeriod));
        }
    }

    Map<String, Object> shutdown(RequestedShutdown requested, Duration remaining, List<String> waitingFor) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("reason", reason(requested.reason()));
        body.put("began", requested.began().toString());
        putLimit(body, requested.gracePeriod());
        Instant deadline = requested.deadline();
        if (deadline != null && remaining.compareTo(Deadline.UNLIMITED) < 0) {
            body.put("deadline", deadline.toString());
            body.put("remaining", seconds(remaining));
        }
        body.put("waitingFor", waitingFor);
        return body;
    }

    private Map<String, Object> reason(ShutdownReason reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", reason.kind().name());
        body.put("description", reason.description());
        Throwable failure = reason.failure();
        if (failure != null) {
            body.put("failure", thrown(failure));
        }
        return body;
    }

    Map<String, Object> previous(PreviousShutdown previous) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("outcome", previous.outcome());
        Duration elapsed = previous.elapsed();
        if (elapsed != null) {
            body.put("elapsed", seconds(elapsed));
        }
        body.put("stuckJobs", previous.stuckJobs());
        String json = previous.json();
        if (json != null) {
            body.put("report", shown(JsonParserFactory.getJsonParser().parseMap(json)));
        }
        return body;
    }

    /** Returns a part of a report as it may be shown. */
    private @Nullable Object shown(@Nullable Object part) {
        if (withMessages || part == null) {
            return part;
        }
        if (part instanceof List<?> list) {
            return list.stream().map(this::shown).toList();
        }
        if (!(part instanceof Map<?, ?> map)) {
            return part;
        }
        Map<Object, @Nullable Object> body = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!name.equals("message")) {
                body.put(name, shown(value));
            }
        });
        return body;
    }
}
