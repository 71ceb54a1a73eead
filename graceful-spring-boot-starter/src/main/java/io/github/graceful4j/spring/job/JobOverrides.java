package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.spring.failure.MisconfigurationException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What properties say of single jobs, which wins over their annotations. Used by the thread that starts the context
 * only.
 */
public final class JobOverrides {

    private static final String PREFIX = "graceful.jobs";

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "enabled",
            "timeout",
            "phase",
            "concurrency",
            "on-failure",
            "restart.delay",
            "restart.max-delay",
            "restart.max-restarts",
            "restart.within",
            "restart.then-shut-down"));

    private final Map<String, Map<String, String>> values = new TreeMap<>();
    private final FailurePolicy.Action onFailure;
    private final Set<String> jobs = new TreeSet<>();

    /**
     * Creates the overrides.
     *
     * @param properties what is set beneath {@code graceful.jobs}, by the name of the job
     * @param onFailure what follows when a running job throws of which nothing else is said
     * @throws MisconfigurationException if there is no such property of a job
     */
    public JobOverrides(Map<String, Map<String, String>> properties, FailurePolicy.Action onFailure) {
        properties.forEach((job, set) -> values.put(job, known(job, set)));
        this.onFailure = onFailure;
    }

    private static Map<String, String> known(String job, Map<String, String> set) {
        Map<String, String> known = new HashMap<>();
        set.forEach((name, value) -> known.put(known(job, name), value));
        return known;
    }

    private static String known(String job, String name) {
        return KNOWN.stream()
                .filter(each -> plain(each).equals(plain(name)))
                .findFirst()
                .orElseThrow(() -> new MisconfigurationException(
                        "Can't set '" + PREFIX + "[" + job + "]." + name + "': a job has no such property.",
                        "Use one of " + KNOWN + ", and write the name of a job that has dots in it in brackets, as in "
                                + PREFIX + "[orders.settle].timeout.",
                        null));
    }

    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Returns what is said of a job, which exists. */
    Of of(String job) {
        jobs.add(job);
        return new Of(job, values.getOrDefault(job, Map.of()), onFailure);
    }

    /**
     * Checks that each job of which something is said exists, when all have been asked for.
     *
     * @throws MisconfigurationException if one does not
     */
    void checkNames() {
        for (String job : values.keySet()) {
            if (!jobs.contains(job)) {
                throw new MisconfigurationException(
                        "Can't set '" + PREFIX + "[" + job + "]': no annotated job has that name.",
                        "Use one of " + jobs + "; a name that has dots in it is written in brackets.",
                        null);
            }
        }
    }

    /**
     * What is said of one job.
     *
     * @param values by the names of properties
     */
    record Of(String job, Map<String, String> values, FailurePolicy.Action onFailure) {

        boolean isEnabled(JobMethod method) {
            return is(method, "enabled", true);
        }

        private boolean is(JobMethod method, String property, boolean annotated) {
            String value = values.getOrDefault(property, String.valueOf(annotated));
            if (!value.equals("true") && !value.equals("false")) {
                throw invalid(method, property, value, "Write true or false.");
            }
            return value.equals("true");
        }

        /** Returns an attribute as it holds: that of the property, or else that of the annotation. */
        Attribute attribute(String property, String attribute, String annotated) {
            String value = values.get(property);
            return value == null
                    ? new Attribute(attribute, annotated)
                    : new Attribute(PREFIX + "[" + job + "]." + property, value);
        }

        boolean thenShutDown(JobMethod method, boolean annotated) {
            return is(method, "restart.then-shut-down", annotated);
        }

        /** Returns whether a property says what follows a failure. */
        boolean hasOnFailure() {
            return values.containsKey("on-failure") || onFailure != FailurePolicy.Action.RECORD;
        }

        FailurePolicy.Action onFailure(JobMethod method, FailurePolicy.Action annotated) {
            String value = values.get("on-failure");
            if (value == null) {
                return annotated == FailurePolicy.Action.RECORD ? onFailure : annotated;
            }
            for (FailurePolicy.Action action : FailurePolicy.Action.values()) {
                if (plain(value).equals(plain(action.name().replace("_", "")))) {
                    return action;
                }
            }
            throw invalid(method, "on-failure", value, "Write record, restart or shut-down.");
        }

        private static RuntimeException invalid(JobMethod method, String property, String value, String action) {
            return method.invalid("has " + property + " = \"" + value + "\" by a property", action);
        }
    }

    /**
     * An attribute as it holds.
     *
     * @param name what it is called where it was said
     */
    record Attribute(String name, String value) {}
}
