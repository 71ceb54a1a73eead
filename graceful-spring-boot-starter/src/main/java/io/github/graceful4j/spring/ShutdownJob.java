package io.github.graceful4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a bean as a shutdown job: it runs once when the application shuts down, after the running jobs have
 * ended and before the beans are destroyed.
 *
 * <p>The method takes nothing or a {@link io.github.graceful4j.job.JobContext}, which tells it how much time is left,
 * and returns {@code void}, or a {@link java.util.concurrent.CompletionStage} or a reactive type, which is waited for.
 * All attributes may contain {@code ${…}} placeholders and {@code #{…}} expressions.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface ShutdownJob {

    /** The name of the job; {@code beanName.methodName} if empty. */
    String name() default "";

    /** The phase the job runs in, an {@code int}, higher ones first; the default phase of shutdown jobs if empty. */
    String phase() default "";

    /** How long the job may take, as in {@code 5s} or {@code PT5S}; as long as the grace period allows if empty. */
    String timeout() default "";

    /** The names of the shutdown jobs that have to be over before this one starts; all others run beside it. */
    String[] after() default {};
}
