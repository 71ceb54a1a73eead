package io.github.graceful4j.spring.worksource;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;

/**
 * Counts the tasks of an executor that does not count them itself, around whatever decorates them otherwise.
 * Thread-safe, as the counters are.
 *
 * @param inner what decorates the tasks otherwise, or {@code null}
 */
record TaskCount(@Nullable TaskDecorator inner, LongAdder begun, LongAdder ended) implements TaskDecorator {

    TaskCount(@Nullable TaskDecorator inner) {
        this(inner, new LongAdder(), new LongAdder());
    }

    @Override
    public Runnable decorate(Runnable task) {
        Runnable decorated = inner == null ? task : inner.decorate(task);
        return () -> {
            begun.increment();
            try {
                decorated.run();
            } finally {
                ended.increment();
            }
        };
    }

    /** Those that ended are looked at first: so none that runs all the time is missed. */
    long underWay() {
        long over = ended.sum();
        return begun.sum() - over;
    }
}
