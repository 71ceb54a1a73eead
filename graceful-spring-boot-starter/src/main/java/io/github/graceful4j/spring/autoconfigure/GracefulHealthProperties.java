package io.github.graceful4j.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How the state of jobs shows in the health of the application.
 *
 * @param failedJobsStatus the status while a running job has failed and is not restarted; UP to only show it in the
 *     details
 */
@ConfigurationProperties("graceful.health")
public record GracefulHealthProperties(@DefaultValue("DOWN") String failedJobsStatus) {

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
