package io.github.graceful4j.spring.job;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method that is annotated as a job, but cannot be one. Fails the start of the application with a failure analysis.
 */
public final class InvalidJobMethodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private InvalidJobMethodException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /**
     * Creates an exception for a method.
     *
     * @param annotation the name of the annotation
     * @param method the method that bears it
     * @param beanName the name of the bean
     * @param problem what is wrong, a sentence without a subject such as "takes a String"
     * @param action what to write instead
     * @param cause what found it, or {@code null}
     */
    static InvalidJobMethodException of(
            String annotation,
            Method method,
            String beanName,
            String problem,
            String action,
            @Nullable Throwable cause) {
        return new InvalidJobMethodException(
                "The @" + annotation + " method '" + describe(method) + "' of bean '" + beanName + "' " + problem + ".",
                action,
                cause);
    }

    /** Returns what to write instead. */
    String action() {
        return action;
    }

    private static String describe(Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return method.getDeclaringClass().getName() + "." + method.getName() + "(" + parameters + ")";
    }
}
