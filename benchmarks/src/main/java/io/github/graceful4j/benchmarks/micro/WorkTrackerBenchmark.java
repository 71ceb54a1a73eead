package io.github.graceful4j.benchmarks.micro;

import io.github.graceful4j.work.UnitOfWork;
import io.github.graceful4j.work.WorkTracker;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to admit a unit of work and let it leave, beside counting up and down in other ways. Of these, only a
 * {@link Semaphore} can refuse, and only striped cells and one counter can tell that none is left.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class WorkTrackerBenchmark {

    static final String REFERENCE = "stripedCells";

    private final WorkTracker tracker = new WorkTracker();
    private final StripedCells cells = new StripedCells();
    private final LongAdder adder = new LongAdder();
    private final AtomicLong atomic = new AtomicLong();
    private final Semaphore permits = new Semaphore(Integer.MAX_VALUE);
    private final ArmeriaCount armeria = new ArmeriaCount();

    /** The way in and out of the tracker. */
    @Benchmark
    public void tracker() {
        try (UnitOfWork unit = tracker.enter()) {
            Objects.requireNonNull(unit);
        }
    }

    /** Counts of which each has cache lines of its own: the least that it takes. */
    @Benchmark
    public void stripedCells() {
        cells.decrement(cells.increment());
    }

    /** A striped counter that counts up and down in any cell. */
    @Benchmark
    public void longAdder() {
        adder.increment();
        adder.decrement();
    }

    /** A counter that all threads share. */
    @Benchmark
    public void atomicLong() {
        atomic.incrementAndGet();
        atomic.decrementAndGet();
    }

    /** A permit for each unit; whoever takes all has drained it. */
    @Benchmark
    public void semaphore() {
        if (permits.tryAcquire()) {
            permits.release();
        }
    }

    /** What Armeria counts its requests with. */
    @Benchmark
    public void armeria() throws Throwable {
        armeria.increment();
        armeria.decrement();
    }
}
