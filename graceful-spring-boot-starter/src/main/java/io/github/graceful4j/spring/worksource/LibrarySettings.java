package io.github.graceful4j.spring.worksource;

/**
 * Of which libraries there are work sources, where they are on the class path.
 *
 * @param quartz the schedulers of Quartz
 * @param dbScheduler the schedulers of db-scheduler
 * @param jobrunr the background job servers of JobRunr
 * @param temporal the workers of Temporal
 * @param batch the executions of Spring Batch
 * @param executors the task executors and schedulers of Spring
 */
public record LibrarySettings(
        boolean quartz, boolean dbScheduler, boolean jobrunr, boolean temporal, boolean batch, boolean executors) {}
