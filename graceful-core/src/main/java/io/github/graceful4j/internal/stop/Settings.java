package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.jvm.Jvm;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.FlightLog;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spi.ShutdownDelegate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Everything a builder was told; see the methods of {@code GracefulManagerBuilder}.
 *
 * @param threads makes the threads that jobs run on
 */
public record Settings(
        GracePeriod gracePeriod,
        boolean autoStart,
        boolean endsWithJobs,
        int runningPhase,
        int shutdownPhase,
        @Nullable JobContext parent,
        @Nullable ShutdownDelegate delegate,
        List<ShutdownListener> listeners,
        List<JobDecorator> decorators,
        Threads threads,
        Logger logger,
        FlightLog flight,
        Jvm jvm) {}
