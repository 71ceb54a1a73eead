package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.work.WorkSource;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.util.ReflectionUtils;

/**
 * An executor that starts a thread for each task, as those on virtual threads do. It takes no part in the stop of the
 * context, and tells nobody what it does, so its tasks are counted from now on; what it decorates them with, it does
 * not tell either, so that is read from its field. It goes on taking tasks; but one that schedules fires none any more.
 *
 * @param count counts the tasks
 * @param triggers what fires tasks; empty if it does not schedule
 */
record SimpleExecutorSource(TaskCount count, List<ScheduledThreadPoolExecutor> triggers) implements WorkSource {

    private static final String DECORATOR = "taskDecorator";

    /** The fields of a scheduler that fire tasks. */
    private static final List<String> TRIGGERS = List.of("triggerExecutor", "fixedDelayExecutor");

    /** Has the tasks of an executor counted. */
    static WorkSource of(SimpleAsyncTaskExecutor executor) {
        TaskCount count = new TaskCount((TaskDecorator) valueOf(SimpleAsyncTaskExecutor.class, DECORATOR, executor));
        executor.setTaskDecorator(count);
        return new SimpleExecutorSource(
                count, executor instanceof SimpleAsyncTaskScheduler scheduler ? triggersOf(scheduler) : List.of());
    }

    private static List<ScheduledThreadPoolExecutor> triggersOf(SimpleAsyncTaskScheduler scheduler) {
        return TRIGGERS.stream()
                .map(name -> valueOf(SimpleAsyncTaskScheduler.class, name, scheduler))
                .filter(ScheduledThreadPoolExecutor.class::isInstance)
                .map(ScheduledThreadPoolExecutor.class::cast)
                .toList();
    }

    private static @Nullable Object valueOf(Class<?> type, String name, Object executor) {
        Field field = ReflectionUtils.findField(type, name);
        if (field == null) {
            throw new IllegalStateException(
                    "Can't count the tasks of " + executor.getClass().getName() + ": it has no field '" + name
                            + "'; set graceful.work-sources.executors.enabled=false");
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, executor);
    }

    @Override
    public void stopTaking() {
        // Jobs that are still to come may need it, and nothing else that could use it is left.
        triggers.forEach(PooledExecutorSource::stopFiring);
    }

    @Override
    public long underWay() {
        long running = count.underWay();
        for (ScheduledThreadPoolExecutor trigger : triggers) {
            running += PooledExecutorSource.underWay(trigger);
        }
        return running;
    }
}
