package io.github.graceful4j.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * How the state of jobs shows in the health of the application.
 *
 * @param failedJobsStatus the status while a running job has failed and is not restarted; UP to only show it in the
 *     details
 */
@ConfigurationProperties("graceful.health")
public record GracefulHealthProperties(@DefaultValue("DOWN") String failedJobsStatus) {

    private static final String PREFIX = "graceful.health";

    private static final String DOWN = "DOWN";

    /** Returns what is set; a binder is only needed where there is something. */
    static GracefulHealthProperties of(ConfigurableEnvironment environment) {
        return RareProperty.isAnySet(environment, PREFIX)
                ? RareProperty.bind(environment, PREFIX, GracefulHealthProperties.class)
                : new GracefulHealthProperties(DOWN);
    }

    /**
     * Checks the status.
     *
     * @throws InvalidConfigurationPropertyValueException if it is blank
     */
    public GracefulHealthProperties {
        if (failedJobsStatus.isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    "graceful.health.failed-jobs-status",
                    failedJobsStatus,
                    "It must not be blank. Use a status such as DOWN, OUT_OF_SERVICE or UP");
        }
    }
}
