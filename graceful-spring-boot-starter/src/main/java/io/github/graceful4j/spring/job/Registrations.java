package io.github.graceful4j.spring.job;

import io.github.graceful4j.Registration;
import io.github.graceful4j.job.InvalidJobException;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which job was made of which method, so that of jobs that do not go together each method can be told. Used by the
 * thread that starts the context only.
 */
final class Registrations {

    private final Map<Class<? extends Annotation>, Map<String, JobMethod>> methods = new HashMap<>();

    /**
     * Registers a job.
     *
     * @param method the method it is made of
     * @param registration does it
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if the manager refuses it
     */
    void register(JobMethod method, Supplier<Registration> registration) {
        Map<String, JobMethod> sameKind =
                methods.computeIfAbsent(method.annotation().annotationType(), kind -> new HashMap<>());
        try {
            sameKind.put(registration.get().name(), method);
        } catch (InvalidJobException e) {
            throw method.invalid(
                    "can't be registered: " + e.problem() + others(e.jobs(), sameKind), e.remedy() + ".", e);
        }
    }

    private static String others(List<String> jobs, Map<String, JobMethod> methods) {
        StringBuilder text = new StringBuilder();
        for (String job : jobs) {
            JobMethod other = methods.get(job);
            if (other != null) {
                text.append("; '").append(job).append("' is the ").append(other.describe());
            }
        }
        return text.toString();
    }
}
