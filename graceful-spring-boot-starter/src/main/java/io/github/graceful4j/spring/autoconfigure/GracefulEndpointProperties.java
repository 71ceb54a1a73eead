package io.github.graceful4j.spring.autoconfigure;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint shows.
 *
 * @param showValues when to show the messages of what jobs threw, which may tell what a job worked on; the names of
 *     their classes are always shown
 */
@ConfigurationProperties("management.endpoint.graceful")
public record GracefulEndpointProperties(
        @DefaultValue("never") Show showValues) {}
