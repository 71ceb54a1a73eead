package io.github.graceful4j.benchmarks.micro;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.Job;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to register a job and to undo that, without its thread, beside an entry in a map. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RegistrationBenchmark {

    static final String REFERENCE = "mapEntry";

    private static final String NAME = "job";

    private final GracefulManager manager =
            GracefulManager.builder().autoStart(false).signals(false).build();
    private final Map<String, Job> map = new ConcurrentHashMap<>();
    private final Job job = context -> {};

    /** A running job of a manager that has not been started. */
    @Benchmark
    public boolean runningJob() {
        return manager.addRunningJob(NAME, job).forget();
    }

    /** A shutdown job. */
    @Benchmark
    public boolean shutdownJob() {
        return manager.addShutdownJob(NAME, job).forget();
    }

    /** What a registry can't do without. */
    @Benchmark
    public @Nullable Job mapEntry() {
        map.put(NAME, job);
        return map.remove(NAME);
    }
}
