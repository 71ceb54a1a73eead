package io.github.graceful4j.spring;

import io.github.graceful4j.job.FailurePolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a bean as a running job: it starts when the application has started, on a thread of its own, and is
 * told to end when the application shuts down.
 *
 * <p>The method takes nothing or a {@link io.github.graceful4j.job.JobContext}, which tells it when to end, and returns
 * {@code void}, or a {@link java.util.concurrent.CompletionStage} or a reactive type, which is waited for. All
 * attributes that are text may contain {@code ${…}} placeholders and {@code #{…}} expressions.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface RunningJob {

    /** The name of the job; {@code beanName.methodName} if empty. */
    String name() default "";

    /** The phase the job stops in, an {@code int}, higher ones first; the default phase of running jobs if empty. */
    String phase() default "";

    /**
     * How long the job may take to end once told to, as in {@code 5s} or {@code PT5S}; as long as the grace period
     * allows if empty.
     */
    String timeout() default "";

    /**
     * How many copies of the job run side by side, an {@code int}; one if empty. Several are named {@code name-1},
     * {@code name-2} and so on.
     */
    String concurrency() default "";

    /**
     * What follows when the job throws: nothing but that it is recorded, the end of the application, or that the job is
     * started again.
     */
    FailurePolicy.Action onFailure() default FailurePolicy.Action.RECORD;

    /** How the job is started again, if {@link #onFailure()} says so. */
    Restart restart() default @Restart;
}
