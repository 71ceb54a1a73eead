package io.github.graceful4j.spring.actuate;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The health of jobs for Spring Boot 4. Thread-safe, as {@link JobHealth} is. */
public final class GracefulHealthIndicator implements HealthIndicator {

    private final JobHealth health;

    /**
     * Creates the indicator.
     *
     * @param health how the jobs are doing
     */
    public GracefulHealthIndicator(JobHealth health) {
        this.health = health;
    }

    @Override
    public Health health() {
        JobHealth.Now now = health.now();
        return Health.status(now.status()).withDetails(now.details()).build();
    }
}
