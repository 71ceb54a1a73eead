package io.github.graceful4j.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What can be set in the application's configuration.
 *
 * @param enabled whether jobs are run at all
 * @param gracePeriod how long a whole shutdown may take; zero for as long as it needs
 * @param reserve how much of the grace period is kept for shutdown jobs, if there are any; a fifth of it by default
 * @param interruptLead how long before its deadline a running job that ignores its cancellation is interrupted, at most
 *     a tenth of the grace period
 * @param runningJobs defaults of running jobs
 * @param shutdownJobs defaults of shutdown jobs
 */
@ConfigurationProperties("graceful")
public record GracefulProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30s") Duration gracePeriod,
        @Nullable Duration reserve,
        @DefaultValue("1s") Duration interruptLead,
        @DefaultValue RunningJobs runningJobs,
        @DefaultValue ShutdownJobs shutdownJobs) {

    /**
     * Checks the durations.
     *
     * @throws InvalidConfigurationPropertyValueException if one is negative, or the reserve longer than the grace
     *     period
     */
    public GracefulProperties {
        requireNotNegative("graceful.grace-period", gracePeriod);
        requireNotNegative("graceful.reserve", reserve);
        requireNotNegative("graceful.interrupt-lead", interruptLead);
        if (reserve != null && !gracePeriod.isZero() && reserve.compareTo(gracePeriod) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "graceful.reserve", reserve, "It must not be longer than 'graceful.grace-period', " + gracePeriod);
        }
    }

    private static void requireNotNegative(String name, @Nullable Duration value) {
        if (value != null && value.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    name, value, "It must not be negative. Use a duration such as 30s, or 0 for none");
        }
    }

    /**
     * Defaults of running jobs.
     *
     * @param phase the phase they stop in, higher ones first; by default after HTTP has drained and while the separate
     *     management port still answers
     */
    public record RunningJobs(@DefaultValue("2147482367") int phase) {}

    /**
     * Defaults of shutdown jobs.
     *
     * @param phase the phase they run in, higher ones first; by default after the task executors have stopped and
     *     before connection factories do
     */
    public record ShutdownJobs(@DefaultValue("536870911") int phase) {}
}
