package io.github.graceful4j.benchmarks;

import io.github.graceful4j.work.UnitOfWork;
import io.github.graceful4j.work.WorkTracker;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to admit a unit of work and let it leave, against counting up and down in a {@link LongAdder}, which is
 * striped but can't refuse, and in one {@link AtomicLong}, which is not striped.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@Threads(2)
public class WorkTrackerBenchmark {

    private final WorkTracker tracker = new WorkTracker();
    private final LongAdder adder = new LongAdder();
    private final AtomicLong atomic = new AtomicLong();

    /** The way in and out of the tracker. */
    @Benchmark
    public void tracker() {
        try (UnitOfWork unit = tracker.enter()) {
            Objects.requireNonNull(unit);
        }
    }

    /** A bare striped counter. */
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
}
