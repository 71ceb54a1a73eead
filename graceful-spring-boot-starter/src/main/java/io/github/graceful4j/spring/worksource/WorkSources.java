package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;

/** The work sources of one library in an application context. */
@FunctionalInterface
interface WorkSources {

    /**
     * Registers a source for each bean of the library, and has none of these beans made. Called once, when all
     * singletons are there that are not lazy, and only where there is a manager.
     *
     * @param manager the manager of the context
     */
    void register(GracefulManager manager);
}
