package io.github.graceful4j.benchmarks.trial.shutdown;

import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Beans with a {@code @PreDestroy} method. Spring calls these one after the other. */
public final class SpringPreDestroy implements ShutdownJobs {

    private @Nullable AnnotationConfigApplicationContext context;

    /** Creates the candidate. */
    public SpringPreDestroy() {}

    @Override
    public void prepare(int amount, Runnable work) {
        context = new AnnotationConfigApplicationContext();
        for (int job = 0; job < amount; job++) {
            context.registerBean("job-" + job, WorkBean.class, () -> new WorkBean(work));
        }
        context.refresh();
    }

    @Override
    public void shutDown() {
        if (context != null) {
            context.close();
        }
    }

    static final class WorkBean {

        private final Runnable work;

        WorkBean(Runnable work) {
            this.work = work;
        }

        @PreDestroy
        void finish() {
            work.run();
        }
    }
}
