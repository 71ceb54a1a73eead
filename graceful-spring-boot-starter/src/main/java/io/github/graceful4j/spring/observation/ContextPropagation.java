package io.github.graceful4j.spring.observation;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.job.JobKind;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Runs each job in the context that was current where the job was registered. Thread-safe, as a snapshot is immutable.
 */
public final class ContextPropagation implements JobDecorator {

    private final ContextSnapshotFactory snapshots;

    /**
     * Creates a decorator.
     *
     * @param snapshots takes the snapshots
     */
    public ContextPropagation(ContextSnapshotFactory snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    @SuppressWarnings("try") // a scope is there to be closed
    public Job decorate(Job job, String name, JobKind kind, int phase) {
        ContextSnapshot snapshot = snapshots.captureAll();
        return context -> {
            try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                job.run(context);
            }
        };
    }
}
