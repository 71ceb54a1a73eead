package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.work.WorkSource;
import java.lang.reflect.Field;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.ReflectionUtils;

/**
 * An executor that starts a thread for each task, as those on virtual threads do. It takes no part in the stop of the
 * context, and tells nobody what it does, so its tasks are counted from now on; what it decorates them with, it does
 * not tell either, so that is read from its field. It goes on taking tasks.
 *
 * @param count counts the tasks
 */
record SimpleExecutorSource(TaskCount count) implements WorkSource {

    private static final String DECORATOR = "taskDecorator";

    /** Has the tasks of an executor counted. */
    static WorkSource of(SimpleAsyncTaskExecutor executor) {
        Field field = ReflectionUtils.findField(SimpleAsyncTaskExecutor.class, DECORATOR, TaskDecorator.class);
        if (field == null) {
            throw new IllegalStateException(
                    "Can't count the tasks of " + executor.getClass().getName() + ": it has no field '" + DECORATOR
                            + "'; set graceful.work-sources.executors.enabled=false");
        }
        ReflectionUtils.makeAccessible(field);
        TaskCount count = new TaskCount((TaskDecorator) ReflectionUtils.getField(field, executor));
        executor.setTaskDecorator(count);
        return new SimpleExecutorSource(count);
    }

    @Override
    public void stopTaking() {
        // Jobs that are still to come may need it, and nothing else that could use it is left.
    }

    @Override
    public long underWay() {
        return count.underWay();
    }
}
