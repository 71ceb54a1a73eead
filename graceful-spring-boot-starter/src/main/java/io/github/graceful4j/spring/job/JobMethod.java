package io.github.graceful4j.spring.job;

import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.failure.MisconfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method of a bean that is annotated as a job.
 *
 * @param beanName the name of the bean
 * @param method the method, as the class of the bean declares or inherits it
 * @param annotation {@link RunningJob} or {@link ShutdownJob}, with meta-annotations merged
 */
public record JobMethod(String beanName, Method method, Annotation annotation) {

    /** Returns the name of the job when the annotation gives none. */
    String defaultName() {
        return beanName + "." + method.getName();
    }

    MisconfigurationException invalid(String problem, String action) {
        return invalid(problem, action, null);
    }

    /**
     * Returns an exception for this method.
     *
     * @param problem what is wrong, a sentence without a subject and a full stop such as "takes a String"
     * @param action what to write instead
     * @param cause what found it, or {@code null}
     */
    MisconfigurationException invalid(String problem, String action, @Nullable Throwable cause) {
        return new MisconfigurationException("The " + describe() + " " + problem + ".", action, cause);
    }

    /** Returns where the method is found in the source and among the beans. */
    String describe() {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return "@" + annotation.annotationType().getSimpleName() + " method '"
                + method.getDeclaringClass().getName() + "." + method.getName() + "(" + parameters + ")' of bean '"
                + beanName + "'";
    }
}
