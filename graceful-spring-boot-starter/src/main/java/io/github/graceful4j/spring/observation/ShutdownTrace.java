package io.github.graceful4j.spring.observation;

import io.github.graceful4j.job.JobKind;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The observations of one shutdown. Each is started by who needs it first, the thread of a job or that of a listener,
 * so that none has to wait for the other to have its parent.
 *
 * <p>Thread-safe, as the map starts each observation once.
 */
final class ShutdownTrace {

    /**
     * How many jobs of a kind are observed, about: what handles observations has a meter for each name, and nobody
     * reads a trace of very many jobs.
     */
    static final int MOST = 100;

    private final ObservationRegistry registry;
    private final Observation shutdown;
    private final Map<Integer, Observation> phases = new ConcurrentHashMap<>();
    private final Map<JobKind, Map<String, Observation>> jobs = Map.of(
            JobKind.RUNNING,
            new ConcurrentHashMap<>(),
            JobKind.SOURCE,
            new ConcurrentHashMap<>(),
            JobKind.SHUTDOWN,
            new ConcurrentHashMap<>());

    /** Starts the observation of the whole shutdown, which has no parent, whatever is observed on this thread. */
    ShutdownTrace(ObservationRegistry registry) {
        this.registry = registry;
        this.shutdown = inNoObservation(
                registry,
                () -> GracefulObservation.SHUTDOWN
                        .observation(registry)
                        .contextualName("shutdown")
                        .parentObservation(null)
                        .lowCardinalityKeyValue(none(ObservationKey.REASON))
                        .lowCardinalityKeyValue(none(ObservationKey.OUTCOME))
                        .start());
    }

    Observation shutdown() {
        return shutdown;
    }

    Observation phase(int phase) {
        return phases.computeIfAbsent(
                phase,
                number -> GracefulObservation.PHASE
                        .observation(registry)
                        .contextualName("phase " + number)
                        .parentObservation(shutdown)
                        .lowCardinalityKeyValue(ObservationKey.PHASE.withValue(Integer.toString(number)))
                        .start());
    }

    /** Returns the observation of a job; one that does nothing, where there are too many jobs. */
    Observation job(String job, JobKind kind, int phase) {
        Map<String, Observation> ofKind = Objects.requireNonNull(jobs.get(kind), "ofKind");
        Observation known = ofKind.get(job);
        if (known != null || ofKind.size() >= MOST) {
            return known == null ? Observation.NOOP : known;
        }
        Observation parent = phase(phase);
        return ofKind.computeIfAbsent(
                job,
                key -> GracefulObservation.JOB
                        .observation(registry)
                        .contextualName("job " + job)
                        .parentObservation(parent)
                        .lowCardinalityKeyValue(ObservationKey.JOB.withValue(job))
                        .lowCardinalityKeyValue(ObservationKey.KIND.withValue(word(kind)))
                        .lowCardinalityKeyValue(none(ObservationKey.OUTCOME))
                        .start());
    }

    @SuppressWarnings("try") // a scope is there to be closed
    private static Observation inNoObservation(ObservationRegistry registry, Supplier<Observation> start) {
        try (Observation.Scope scope = new NullObservation(registry).openScope()) {
            return start.get();
        }
    }

    /** Meters of one name have the same tags from the start. */
    private static KeyValue none(ObservationKey key) {
        return key.withValue(KeyValue.NONE_VALUE);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
