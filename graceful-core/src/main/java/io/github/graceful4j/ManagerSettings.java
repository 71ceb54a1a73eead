package io.github.graceful4j;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Everything a builder was told. See the methods of {@link GracefulManagerBuilder}. */
record ManagerSettings(
        GracePeriod gracePeriod,
        boolean autoStart,
        boolean signals,
        int runningPhase,
        int shutdownPhase,
        @Nullable JobContext parent,
        @Nullable Consumer<ShutdownReason> delegate,
        List<ShutdownListener> listeners,
        List<JobDecorator> decorators,
        JobThreads threads,
        Logger logger,
        Jvm jvm) {}
