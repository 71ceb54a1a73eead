package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.work.WorkSource;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.ReflectionUtils;

/**
 * Has executors that start a thread for each task, as those on virtual threads do, count their tasks. Such an executor
 * takes no part in the stop of the context, and tells nobody what it does; what it decorates tasks with, it does not
 * tell either, so that is read from its field. It goes on taking tasks.
 *
 * <p>Thread-safe, as the map is.
 */
final class SimpleExecutors implements BeanPostProcessor {

    /** The field of {@link SimpleAsyncTaskExecutor} that has what was set by {@code setTaskDecorator}. */
    static final String DECORATOR = "taskDecorator";

    private final Map<SimpleAsyncTaskExecutor, TaskCount> counts = Collections.synchronizedMap(new IdentityHashMap<>());

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof SimpleAsyncTaskExecutor executor) {
            counts.computeIfAbsent(executor, SimpleExecutors::counted);
        }
        return bean;
    }

    private static TaskCount counted(SimpleAsyncTaskExecutor executor) {
        Field field = ReflectionUtils.findField(SimpleAsyncTaskExecutor.class, DECORATOR, TaskDecorator.class);
        if (field == null) {
            throw new IllegalStateException(
                    "Can't count the tasks of " + executor.getClass().getName() + ": it has no field " + DECORATOR);
        }
        ReflectionUtils.makeAccessible(field);
        TaskCount count = new TaskCount((TaskDecorator) ReflectionUtils.getField(field, executor));
        executor.setTaskDecorator(count);
        return count;
    }

    WorkSource sourceOf(SimpleAsyncTaskExecutor executor) {
        TaskCount count = counts.get(executor);
        if (count == null) {
            throw new IllegalStateException("Can't tell what is under way: its tasks were never counted");
        }
        return new Counted(count);
    }

    private record Counted(TaskCount count) implements WorkSource {

        @Override
        public void stopTaking() {
            // Jobs that are still to come may need it, and nothing else that could use it is left.
        }

        @Override
        public long underWay() {
            return count.underWay();
        }
    }
}
