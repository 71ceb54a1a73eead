package io.github.graceful4j.internal.stop;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What can be done with a single job by whoever registered it. Thread-safe. */
public interface JobHandle {

    /** Returns the name the job was registered under. */
    String name();

    /** Returns where the job stands. */
    JobSnapshot snapshot();

    /** Returns a new stage for the end of the job. */
    CompletionStage<JobResult> ended();

    /** Stops the job; see {@code Registration}. */
    CompletableFuture<@Nullable Void> stop();

    /** Undoes the registration, and returns whether this call did. */
    boolean forget();
}
