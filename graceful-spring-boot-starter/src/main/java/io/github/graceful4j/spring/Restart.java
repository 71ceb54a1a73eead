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

    /** How often to restart {@link #within} a while, an {@code int} from 1 up; any number of times if empty. */
    String maxRestarts() default "";

    /** The while in which restarts are counted, as in {@code 10m}; all the life of the job if empty. */
    String within() default "";

    /** Whether a failure shuts down the application when no restart is left; else it is only recorded. */
    boolean thenShutDown() default false;
}
