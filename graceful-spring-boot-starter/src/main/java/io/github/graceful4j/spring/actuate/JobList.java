package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Shows some of the jobs, of which there may be very many; what that takes depends on how many are shown.
 *
 * <p>Thread-safe, as the manager is.
 */
final class JobList {

    /** How many jobs are shown where nobody says how many. */
    static final int FEW = 100;

    /** How many are shown at most. */
    private static final int MOST = 1_000;

    /** First what somebody who looks at jobs may have come for, last what is as it should be. */
    private static final List<JobState> BY_INTEREST = List.of(
            JobState.STOPPING,
            JobState.BACKING_OFF,
            JobState.STOPPED,
            JobState.ENDED,
            JobState.ACTIVE,
            JobState.WAITING);

    private final GracefulManager manager;

    JobList(GracefulManager manager) {
        this.manager = manager;
    }

    /** Returns how many jobs there are of each kind in each state, without those that there are none of. */
    List<Map<String, Object>> counts() {
        List<Map<String, Object>> counts = new ArrayList<>();
        for (JobKind kind : JobKind.values()) {
            for (JobState state : JobState.values()) {
                long count = manager.jobCount(kind, state);
                if (count > 0) {
                    counts.add(count(kind, state, count));
                }
            }
        }
        return counts;
    }

    private static Map<String, Object> count(JobKind kind, JobState state, long count) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", kind.name());
        body.put("state", state.name());
        body.put("count", count);
        return body;
    }

    /** Returns how many jobs there are. */
    long size() {
        long size = 0;
        for (JobKind kind : JobKind.values()) {
            for (JobState state : JobState.values()) {
                size += manager.jobCount(kind, state);
            }
        }
        return size;
    }

    /** Returns a few jobs, those that are neither active nor waiting first. */
    List<JobSnapshot> mostInteresting() {
        List<JobSnapshot> jobs = new ArrayList<>();
        for (JobState state : BY_INTEREST) {
            for (JobKind kind : JobKind.values()) {
                int left = FEW - jobs.size();
                if (left > 0 && manager.jobCount(kind, state) > 0) {
                    jobs.addAll(manager.jobs(new JobQuery(kind, state, "", 0, left)));
                }
            }
        }
        return jobs;
    }

    /**
     * Returns what a request asks for.
     *
     * @throws InvalidEndpointRequestException if it asks for what can't be
     */
    static JobQuery query(
            @Nullable String kind,
            @Nullable String state,
            @Nullable String name,
            @Nullable Integer offset,
            @Nullable Integer limit) {
        return new JobQuery(
                constant("kind", kind, JobKind.values()),
                constant("state", state, JobState.values()),
                name == null ? "" : name,
                number("offset", offset, 0, Integer.MAX_VALUE),
                number("limit", limit, FEW, MOST));
    }

    private static <E extends Enum<E>> @Nullable E constant(String what, @Nullable String value, E[] constants) {
        if (value == null) {
            return null;
        }
        return Arrays.stream(constants)
                .filter(each -> each.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidEndpointRequestException(
                        "Can't show jobs of " + what + " '" + value + "'",
                        "Use '" + what + "' with one of " + Arrays.toString(constants)));
    }

    private static int number(String what, @Nullable Integer value, int byDefault, int most) {
        if (value == null) {
            return byDefault;
        }
        if (value < 0 || value > most) {
            throw new InvalidEndpointRequestException(
                    "Can't show jobs with " + what + " " + value, "Use '" + what + "' with a number from 0 to " + most);
        }
        return value;
    }
}
