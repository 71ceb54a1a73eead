package io.github.graceful4j;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many short lives of a manager in which everything happens at once. What each thread does follows from a seed, which
 * is printed and can be set with {@code -Dgraceful.stress.seed=…}; how the threads meet is up to the machine.
 */
@Timeout(120)
class StressTests {

    private static final long SEED = Long.getLong("graceful.stress.seed", 17);
    private static final int ROUNDS = 120;
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(30);

    @Test
    @DisplayName("C13: no job is lost or run twice, whatever is registered, cancelled and shut down at the same moment")
    void timeEnough() throws InterruptedException {
        playRounds(false);
    }

    @Test
    @DisplayName("C11: no job and no error is lost where time runs out as well, and jobs are given up")
    void timeRunningOut() throws InterruptedException {
        playRounds(true);
    }

    private static void playRounds(boolean timeRunsOut) throws InterruptedException {
        System.out.println("graceful.stress.seed=" + SEED);
        Random seeds = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String name = "round " + round + " of graceful.stress.seed=" + SEED;
            ThreadGroup group = new ThreadGroup(name);
            StressRound played = new StressRound(seeds.nextLong(), timeRunsOut);
            try {
                Waiting.forResult(CompletableFuture.runAsync(played::play, task -> startDaemon(group, task)));
                awaitEnd(group);
                played.log().check();
            } catch (AssertionError e) {
                throw new AssertionError(name + (timeRunsOut ? " with time running out: " : ": ") + e.getMessage(), e);
            }
        }
    }

    private static void startDaemon(ThreadGroup group, Runnable task) {
        Thread thread = new Thread(group, task, "stress-round");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the threads of a round to end: a new thread is in the group of the one that made it. */
    private static void awaitEnd(ThreadGroup group) throws InterruptedException {
        Thread[] alive = new Thread[1];
        while (group.enumerate(alive) > 0) {
            alive[0].join(LIMIT_MILLIS);
            if (alive[0].isAlive()) {
                throw new AssertionError("Left over is " + alive[0]);
            }
        }
    }
}
