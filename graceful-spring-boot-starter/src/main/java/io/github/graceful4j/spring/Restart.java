package io.github.graceful4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a running job is restarted after a failure; part of {@link RunningJob#restart()}. All attributes that are text
 * may contain {@code ${…}} placeholders and {@code #{…}} expressions.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Restart {

    /** How long to wait before the first restart, as in {@code 1s}; each further one waits twice as long. */
    String delay() default "1s";

    /** How long to wait before a restart at most, as in {@code 1m}. */
    String maxDelay() default "1m";

    /** How often to restart, an {@code int}; any number of times if empty or 0. */
    String maxRestarts() default "";

    /** Whether a failure shuts down the application when no restart is left; else it is only recorded. */
    boolean thenShutDown() default false;
}
