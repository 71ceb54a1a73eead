package io.github.graceful4j.compatibility;

import com.jayway.jsonpath.JsonPath;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the beans of an application stopped, as the report of its close tells. */
final class ObservedStops {

    private static final Map<String, Integer> KNOWN = Map.of(
            "MAX", Integer.MAX_VALUE,
            "MAX / 2", Integer.MAX_VALUE / 2,
            "MAX / 4", Integer.MAX_VALUE / 4,
            "MIN", Integer.MIN_VALUE);

    private final String report;

    ObservedStops(String report) {
        this.report = report;
    }

    /** Returns where each lifecycle bean stopped that Spring found running, by the name of the bean. */
    Map<String, StopRow.Place> beanPlaces() {
        Map<String, StopRow.Place> places = new LinkedHashMap<>();
        for (Map<String, Object> bean : beans()) {
            places.put(String.valueOf(bean.get("name")), place(bean, bean));
        }
        return places;
    }

    /** Returns where each work source was done, by the name of its bean. */
    Map<String, StopRow.Place> sourcePlaces() {
        Map<String, StopRow.Place> places = new LinkedHashMap<>();
        List<Map<String, Object>> phases = JsonPath.read(report, "$.phases[*]");
        for (Map<String, Object> phase : phases) {
            List<Map<String, Object>> sources = JsonPath.read(phase, "$.jobs[?(@.kind == 'SOURCE')]");
            for (Map<String, Object> source : sources) {
                places.put(String.valueOf(source.get("job")), place(source, phase));
            }
        }
        return places;
    }

    private StopRow.Place place(Map<String, Object> step, Map<String, Object> phase) {
        return new StopRow.Place(
                phase(number(phase, "phase").intValueExact()),
                relation(step, jobs("RUNNING")),
                relation(step, jobs("SHUTDOWN")));
    }

    private List<Map<String, Object>> beans() {
        return JsonPath.read(report, "$.steps[?(@.kind == 'LIFECYCLE_BEAN')]");
    }

    private List<Map<String, Object>> jobs(String kind) {
        return JsonPath.read(report, "$.phases[*].jobs[?(@.kind == '" + kind + "')]");
    }

    /** What is neither over before the first of the jobs begins nor begins after the last has ended, is beside them. */
    private static String relation(Map<String, Object> bean, List<Map<String, Object>> jobs) {
        if (jobs.stream().allMatch(job -> ended(bean).compareTo(began(job)) <= 0)) {
            return "before";
        }
        return jobs.stream().allMatch(job -> began(bean).compareTo(ended(job)) >= 0) ? "after" : "with";
    }

    private static BigDecimal began(Map<String, Object> step) {
        return number(step, "began");
    }

    private static BigDecimal ended(Map<String, Object> step) {
        return began(step).add(number(step, "elapsed"));
    }

    private static BigDecimal number(Map<String, Object> json, String name) {
        return new BigDecimal(String.valueOf(json.get(name)));
    }

    /** The phase as people write it, from the nearest of the numbers that they know. */
    private static String phase(int phase) {
        for (Map.Entry<String, Integer> known : KNOWN.entrySet()) {
            long beyond = (long) phase - known.getValue();
            if (beyond == 0) {
                return known.getKey();
            }
            if (Math.abs(beyond) < 10_000) {
                return known.getKey() + (beyond < 0 ? " - " : " + ") + Math.abs(beyond);
            }
        }
        return String.valueOf(phase);
    }
}
