package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.job.FailurePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What can be set in the application's configuration.
 *
 * @param enabled whether jobs are run at all
 * @param gracePeriod how long a whole shutdown may take; 'unlimited' for as long as it needs
 * @param reserve how much of the grace period is kept for shutdown jobs, if there are any; a fifth of it by default
 * @param interruptLead how long before its deadline a running job that ignores its cancellation is interrupted, at most
 *     a tenth of the grace period
 * @param beforeJobs how long what stops before the running jobs may take
 * @param drain how the application goes on serving before anything is stopped
 * @param jobFailure what comes of a job whose failure shuts the application down
 * @param halt what happens to a process that is not closed at the deadline
 * @param sigterm what comes of a SIGTERM
 * @param secondSignal what a second SIGTERM, SIGINT or SIGHUP does while the process is shutting down
 * @param report where the report of a shutdown is kept
 * @param metrics how meters are published
 * @param jobs what holds for single jobs, by their names, and wins over their annotations; if none is set, these hold
 * @param runningJobs defaults of running jobs
 * @param shutdownJobs defaults of shutdown jobs
 * @param workSources which libraries that take up work by themselves end it before shutdown jobs run
 */
@ConfigurationProperties("graceful")
public record GracefulProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("25s") TimeLimit gracePeriod,
        @Nullable Duration reserve,
        @DefaultValue("1s") Duration interruptLead,
        @DefaultValue BeforeJobs beforeJobs,
        @DefaultValue Drain drain,
        @DefaultValue JobFailure jobFailure,
        @DefaultValue Halt halt,
        @DefaultValue Sigterm sigterm,
        @DefaultValue("ignore") SecondSignal secondSignal,
        @DefaultValue Report report,
        @DefaultValue Metrics metrics,
        @DefaultValue Map<String, Map<String, String>> jobs,
        @DefaultValue RunningJobs runningJobs,
        @DefaultValue ShutdownJobs shutdownJobs,
        @DefaultValue WorkSources workSources) {

    private static final int HIGHEST_EXIT_CODE = 255;

    /**
     * Checks the durations.
     *
     * @throws InvalidConfigurationPropertyValueException if one is negative, the reserve longer than the grace period,
     *     or the delay of the drain not shorter
     */
    public GracefulProperties {
        Duration total = gracePeriod.duration();
        if (total.isNegative() || total.isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    "graceful.grace-period",
                    gracePeriod,
                    "It must be positive. Use a duration such as 25s, or 'unlimited' for as long as a shutdown needs");
        }
        requireNotNegative("graceful.reserve", reserve);
        requireNotNegative("graceful.interrupt-lead", interruptLead);
        requireNotNegative("graceful.before-jobs.timeout", beforeJobs.timeout());
        requireNotNegative("graceful.drain.delay", drain.delay());
        if (reserve != null && reserve.compareTo(total) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "graceful.reserve", reserve, "It must not be longer than 'graceful.grace-period', " + gracePeriod);
        }
        if (drain.delay().compareTo(total) >= 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "graceful.drain.delay",
                    drain.delay(),
                    "It is a part of 'graceful.grace-period', " + gracePeriod + ", and must be shorter");
        }
    }

    private static void requireExitCode(String name, @Nullable Integer value) {
        if (value != null && (value < 0 || value > HIGHEST_EXIT_CODE)) {
            throw new InvalidConfigurationPropertyValueException(
                    name, value, "It is no exit code. Use a number from 0 to " + HIGHEST_EXIT_CODE);
        }
    }

    private static void requireNotNegative(String name, @Nullable Duration value) {
        if (value != null && value.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    name, value, "It must not be negative. Use a duration such as 30s, or 0 for none");
        }
    }

    /**
     * How long what stops before the running jobs may take.
     *
     * @param timeout how long the phases above the running jobs may take together, such as that in which HTTP is
     *     drained; half of what drain and reserve leave of the grace period by default, while there are running jobs
     */
    public record BeforeJobs(@Nullable Duration timeout) {}

    /**
     * How the application goes on serving before anything is stopped.
     *
     * @param delay how long readiness is off before anything is stopped, so that load balancers hear of it; a part of
     *     the grace period
     * @param serviceRegistry whether the service registry of Spring Cloud is told as well that the application is out
     *     of service, if there is one and a delay
     */
    public record Drain(
            @DefaultValue("0s") Duration delay,
            @DefaultValue("true") boolean serviceRegistry) {}

    /**
     * What comes of a job whose failure shuts the application down.
     *
     * @param exitCode the exit code of a process that is there for the application alone, and of
     *     'SpringApplication.exit' in any; 0 if the process is not to be ended for that
     */
    public record JobFailure(@DefaultValue("1") int exitCode) {

        /**
         * Checks the exit code.
         *
         * @throws InvalidConfigurationPropertyValueException if it is none
         */
        public JobFailure {
            requireExitCode("graceful.job-failure.exit-code", exitCode);
        }
    }

    /**
     * What happens to a process whose application context is not closed at the deadline.
     *
     * @param exitCode the exit code with which the process is halted then; if none is set, it is not halted
     */
    public record Halt(@Nullable Integer exitCode) {

        /**
         * Checks the exit code.
         *
         * @throws InvalidConfigurationPropertyValueException if it is none
         */
        public Halt {
            requireExitCode("graceful.halt.exit-code", exitCode);
        }
    }

    /** What a second signal does while the process is shutting down. */
    public enum SecondSignal {
        /** Nothing, as in any JVM. */
        IGNORE,
        /** It prints what still runs, and halts the process with 128 and its number. */
        HALT
    }

    /**
     * What comes of a SIGTERM.
     *
     * @param exitCode the exit code of a process that SIGTERM ended with a clean shutdown; 143 if none is set. If one
     *     is, hooks of the JVM run only when the application is closed
     */
    public record Sigterm(@Nullable Integer exitCode) {

        /**
         * Checks the exit code.
         *
         * @throws InvalidConfigurationPropertyValueException if it is none
         */
        public Sigterm {
            requireExitCode("graceful.sigterm.exit-code", exitCode);
        }
    }

    /**
     * Where the report of a shutdown is kept.
     *
     * @param file the file that the report is written to as JSON, which should outlive the process, on a volume of its
     *     own for each instance; if none is set, no report is kept
     * @param html whether the report is also written as a page for a browser, beside the file and named like it, but
     *     ending in '.html'
     * @param terminationMessage the file that Kubernetes reads the termination message of a container from; nothing is
     *     written where there is no such file
     */
    public record Report(
            @Nullable Path file,
            @DefaultValue("false") boolean html,
            @DefaultValue("/dev/termination-log") Path terminationMessage) {

        /**
         * Checks that there is a file to write a page beside.
         *
         * @throws InvalidConfigurationPropertyValueException if a page is asked for, and no file is set
         */
        public Report {
            if (html && file == null) {
                throw new InvalidConfigurationPropertyValueException(
                        "graceful.report.html",
                        true,
                        "The page is written beside 'graceful.report.file', which is not set. Set that too");
            }
        }
    }

    /**
     * How meters are published.
     *
     * @param finalPush whether meter registries are closed when the shutdown is over, so that what they push last has
     *     its outcome; if not, Spring Boot closes them before anything is stopped
     */
    public record Metrics(@DefaultValue("true") boolean finalPush) {}

    /**
     * Defaults of running jobs.
     *
     * @param phase the phase they stop in, higher ones first; by default after HTTP has drained and while the separate
     *     management port still answers
     * @param autoStartup whether they are started with the application; if not, the manager, the endpoint and shutdown
     *     jobs are there nevertheless, as tests may want it
     * @param start when they are started: when all beans are there, or when the application is ready
     * @param onFailure what follows when one throws of which nothing else is said
     */
    public record RunningJobs(
            @DefaultValue("2147482367") int phase,
            @DefaultValue("true") boolean autoStartup,
            @DefaultValue("started") Start start,
            @DefaultValue("record") FailurePolicy.Action onFailure) {}

    /** When running jobs are started. */
    public enum Start {
        /** When all beans are there, before runners. */
        STARTED,
        /** When the application is ready, after all runners. */
        READY
    }

    /**
     * Defaults of shutdown jobs.
     *
     * @param phase the phase they run in, higher ones first; by default after the task executors have stopped and
     *     before connection factories do
     */
    public record ShutdownJobs(@DefaultValue("536870911") int phase) {}

    /**
     * Which libraries that take up work by themselves end it before shutdown jobs run.
     *
     * @param quartz the schedulers of Quartz
     * @param dbScheduler the schedulers of db-scheduler
     * @param jobrunr the background job servers of JobRunr
     * @param temporal the workers of Temporal
     * @param batch the executions of Spring Batch
     * @param executors the task executors and schedulers of Spring
     */
    public record WorkSources(
            @DefaultValue WorkSource quartz,
            @DefaultValue WorkSource dbScheduler,
            @DefaultValue WorkSource jobrunr,
            @DefaultValue WorkSource temporal,
            @DefaultValue WorkSource batch,
            @DefaultValue WorkSource executors) {

        /**
         * One of these libraries.
         *
         * @param enabled whether shutdown jobs wait until its work is over
         */
        public record WorkSource(@DefaultValue("true") boolean enabled) {}
    }
}
