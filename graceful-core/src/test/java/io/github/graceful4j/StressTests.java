package io.github.graceful4j;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many short lives of a manager in which everything happens at once. What each thread does follows from a seed; how the
 * threads meet is up to the machine. One seed is always the same, the others are new in each run, and all are printed.
 *
 * <p>{@code -Dgraceful.stress.seed=…} plays the rounds of one seed again, {@code -Dgraceful.stress.rounds=…} more or
 * fewer rounds than usual.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StressTests {

    private static final String SEED = "graceful.stress.seed";
    private static final long FIRST_SEED = 17;
    private static final int ROUNDS = Integer.getInteger("graceful.stress.rounds", 120);
    private static final int ROUNDS_PER_SEED = 40;
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(30);

    record Game(long seed, int rounds) {

        @Override
        public String toString() {
            return rounds + " rounds of " + SEED + "=" + seed;
        }
    }

    static List<Game> games() {
        Long replayed = Long.getLong(SEED);
        if (replayed != null) {
            return List.of(new Game(replayed, ROUNDS));
        }
        int seeds = (ROUNDS + ROUNDS_PER_SEED - 1) / ROUNDS_PER_SEED;
        LongStream fresh = new Random().longs(seeds - 1L, 0, Integer.MAX_VALUE);
        return Stream.concat(Stream.of(FIRST_SEED), fresh.boxed())
                .map(seed -> new Game(seed, ROUNDS_PER_SEED))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("games")
    @DisplayName("C13: no job is lost or run twice, whatever is registered, cancelled and shut down at the same moment")
    void timeEnough(Game game) throws InterruptedException {
        play(game, false);
    }

    @ParameterizedTest
    @MethodSource("games")
    @DisplayName("C11: no job and no error is lost where time runs out as well, and jobs are given up")
    void timeRunningOut(Game game) throws InterruptedException {
        play(game, true);
    }

    private static void play(Game game, boolean timeRunsOut) throws InterruptedException {
        System.out.println(game);
        Random seeds = new Random(game.seed());
        for (int round = 0; round < game.rounds(); round++) {
            String name = "round " + round + " of " + game;
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
