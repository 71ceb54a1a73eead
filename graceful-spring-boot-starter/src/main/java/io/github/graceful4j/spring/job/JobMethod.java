package io.github.graceful4j.spring.job;

import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A method of a bean that is annotated as a job.
 *
 * @param beanName the name of the bean
 * @param method the method, as the class of the bean declares or inherits it
 * @param annotation {@link RunningJob} or {@link ShutdownJob}, with meta-annotations merged
 */
record JobMethod(String beanName, Method method, Annotation annotation) {

    /** Returns the name of the job when the annotation gives none. */
    String defaultName() {
        return beanName + "." + method.getName();
    }

    InvalidJobMethodException invalid(String problem, String action) {
        return invalid(problem, action, null);
    }

    InvalidJobMethodException invalid(String problem, String action, @Nullable Throwable cause) {
        return InvalidJobMethodException.of(
                annotation.annotationType().getSimpleName(), method, beanName, problem, action, cause);
    }
}
