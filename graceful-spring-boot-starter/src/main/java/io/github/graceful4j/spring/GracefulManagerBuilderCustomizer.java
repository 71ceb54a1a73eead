package io.github.graceful4j.spring;

import io.github.graceful4j.GracefulManagerBuilder;

/**
 * Changes how the application's manager is set up, after the properties were applied. Every bean of this type is called
 * once, in the order of the beans.
 */
@FunctionalInterface
public interface GracefulManagerBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder of the application's manager
     */
    void customize(GracefulManagerBuilder builder);
}
