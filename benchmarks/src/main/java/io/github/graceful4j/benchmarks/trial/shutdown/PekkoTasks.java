package io.github.graceful4j.benchmarks.trial.shutdown;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.jspecify.annotations.Nullable;

/** Tasks of a Pekko {@code CoordinatedShutdown}, in one phase; they block, so they run on threads of their own. */
public final class PekkoTasks implements ShutdownJobs {

    private @Nullable ActorSystem system;

    /** Creates the candidate. */
    public PekkoTasks() {}

    @Override
    public void prepare(int amount, Runnable work) {
        // A new one each time, since threads that are still there from the last would be an advantage.
        ExecutorService executor = Executors.newCachedThreadPool();
        system = ActorSystem.create("benchmark");
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        for (int job = 0; job < amount; job++) {
            shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "job-" + job, task(work, executor));
        }
    }

    private static Supplier<CompletionStage<Done>> task(Runnable work, Executor executor) {
        return () -> CompletableFuture.supplyAsync(
                () -> {
                    work.run();
                    return Done.done();
                },
                executor);
    }

    @Override
    public void shutDown() {
        if (system != null) {
            CoordinatedShutdown.get(system)
                    .runAll(CoordinatedShutdown.unknownReason())
                    .toCompletableFuture()
                    .join();
        }
    }
}
