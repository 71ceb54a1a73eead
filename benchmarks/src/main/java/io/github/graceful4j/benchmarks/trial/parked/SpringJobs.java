package io.github.graceful4j.benchmarks.trial.parked;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.benchmarks.trial.process.BareApplication;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Running jobs of a Spring Boot application that has the starter. */
public final class SpringJobs implements ParkedJobs {

    private @Nullable ConfigurableApplicationContext context;

    /** Creates the candidate. */
    public SpringJobs() {}

    @Override
    public void start(List<String> names, Runnable begun) {
        context = BareApplication.run(BareApplication.Configured.class, "--spring.threads.virtual.enabled=true");
        GracefulJobs.add(context.getBean(GracefulManager.class), names, begun);
    }

    @Override
    public void stop() {
        if (context != null) {
            context.close();
            context = null;
        }
    }
}
