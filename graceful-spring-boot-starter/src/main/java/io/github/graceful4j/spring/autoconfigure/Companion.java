package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;

/**
 * What goes with the manager of an application, where there is one: beans of this type are lazy, and looked for only
 * then.
 */
@FunctionalInterface
interface Companion {

    /**
     * Begins to go with the manager. Called once, when all beans are there, and all jobs of beans are registered.
     *
     * @param manager the manager
     */
    void accompany(GracefulManager manager);
}
