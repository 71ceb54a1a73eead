package io.github.graceful4j.benchmarks.fork;

import io.github.graceful4j.benchmarks.trial.meter.MeteredApplication;
import io.github.graceful4j.benchmarks.trial.meter.ScrapeTrial;
import io.github.graceful4j.benchmarks.trial.parked.ExecutorJobs;
import io.github.graceful4j.benchmarks.trial.parked.GracefulJobs;
import io.github.graceful4j.benchmarks.trial.parked.HeapTrial;
import io.github.graceful4j.benchmarks.trial.parked.RawFan;
import io.github.graceful4j.benchmarks.trial.parked.RegisterTrial;
import io.github.graceful4j.benchmarks.trial.parked.ScopeJobs;
import io.github.graceful4j.benchmarks.trial.parked.SpringJobs;
import io.github.graceful4j.benchmarks.trial.parked.StopTrial;
import io.github.graceful4j.benchmarks.trial.process.BareApplication;
import io.github.graceful4j.benchmarks.trial.process.CoreApplication;
import io.github.graceful4j.benchmarks.trial.process.HookApplication;
import io.github.graceful4j.benchmarks.trial.process.NoApplication;
import io.github.graceful4j.benchmarks.trial.process.ProcessorTimeTrial;
import io.github.graceful4j.benchmarks.trial.process.SchedulingApplication;
import io.github.graceful4j.benchmarks.trial.process.SigtermTrial;
import io.github.graceful4j.benchmarks.trial.process.StartTrial;
import io.github.graceful4j.benchmarks.trial.shutdown.FirstShutdownTrial;
import io.github.graceful4j.benchmarks.trial.shutdown.GracefulShutdown;
import io.github.graceful4j.benchmarks.trial.shutdown.GuavaServices;
import io.github.graceful4j.benchmarks.trial.shutdown.JvmHooks;
import io.github.graceful4j.benchmarks.trial.shutdown.Latch;
import io.github.graceful4j.benchmarks.trial.shutdown.ManyShutdownJobsTrial;
import io.github.graceful4j.benchmarks.trial.shutdown.PekkoTasks;
import io.github.graceful4j.benchmarks.trial.shutdown.PrimedLatch;
import io.github.graceful4j.benchmarks.trial.shutdown.SpringLifecycles;
import io.github.graceful4j.benchmarks.trial.shutdown.SpringPreDestroy;
import java.util.List;

/** All there is to measure in whole processes. */
final class Scenarios {

    private static final List<Candidate> PARKED = List.of(
            Candidate.of("raw fan", RawFan.class).virtual(),
            Candidate.of("graceful", GracefulJobs.class, Jars.CORE).virtual(),
            Candidate.of("executor", ExecutorJobs.class).virtual(),
            Candidate.of("StructuredTaskScope", ScopeJobs.class).preview());

    private static final List<Candidate> PLAIN = List.of(
            Candidate.of("JVM with a hook", HookApplication.class),
            Candidate.of("core with a job", CoreApplication.class, Jars.CORE));

    private static final List<Candidate> SPRING = List.of(
            Candidate.of("Spring Boot", BareApplication.class, Jars.SPRING, Jars.BOOT),
            Candidate.of("with the starter", BareApplication.class, Jars.SPRING, Jars.BOOT, Jars.STARTER),
            Candidate.of("with scheduling", SchedulingApplication.class, Jars.SPRING, Jars.BOOT));

    private static final Candidate METERED = Candidate.of(
                    "metered", MeteredApplication.class, Jars.SPRING, Jars.BOOT, Jars.STARTER, Jars.PROMETHEUS)
            .virtual();

    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "stop-parked",
                    "Parked running jobs told to stop until all are done",
                    StopTrial.class,
                    Amounts.jobs(10_000, 100_000),
                    PARKED),
            new Scenario(
                    "heap-per-job",
                    "Heap of parked running jobs",
                    HeapTrial.class,
                    Amounts.jobs(10_000, 100_000),
                    PARKED),
            new Scenario(
                    "register",
                    "Running jobs registered and begun",
                    RegisterTrial.class,
                    Amounts.jobs(10_000, 100_000),
                    PARKED),
            new Scenario(
                    "first-shutdown",
                    "First shutdown of a JVM, ten jobs of 100 ms",
                    FirstShutdownTrial.class,
                    Amounts.millisAfterStart(0, 2_000),
                    List.of(
                            Candidate.of("primed latch", PrimedLatch.class),
                            Candidate.of("graceful", GracefulShutdown.class, Jars.CORE),
                            Candidate.of("latch", Latch.class),
                            Candidate.of("JVM hooks", JvmHooks.class),
                            Candidate.of("Guava ServiceManager", GuavaServices.class, Jars.GUAVA),
                            Candidate.of("Pekko CoordinatedShutdown", PekkoTasks.class, Jars.PEKKO),
                            Candidate.of("SmartLifecycle", SpringLifecycles.class, Jars.SPRING),
                            Candidate.of("@PreDestroy, in turn", SpringPreDestroy.class, Jars.SPRING))),
            new Scenario(
                    "many-shutdown-jobs",
                    "Shutdown jobs that do nothing",
                    ManyShutdownJobsTrial.class,
                    Amounts.jobs(1_000),
                    List.of(
                            Candidate.of("latch", Latch.class),
                            Candidate.of("graceful", GracefulShutdown.class, Jars.CORE),
                            Candidate.of("Guava ServiceManager", GuavaServices.class, Jars.GUAVA),
                            Candidate.of("Pekko CoordinatedShutdown", PekkoTasks.class, Jars.PEKKO))),
            new Scenario(
                    "spring-start",
                    "Start of an empty Spring Boot application",
                    StartTrial.class,
                    Amounts.none(),
                    SPRING),
            new Scenario(
                    "sigterm-plain",
                    "SIGTERM to exit, plain Java",
                    SigtermTrial.class,
                    Amounts.millisAfterStart(2_000),
                    PLAIN),
            new Scenario(
                    "sigterm-spring",
                    "SIGTERM to exit, Spring Boot without jobs",
                    SigtermTrial.class,
                    Amounts.millisAfterStart(2_000),
                    SPRING),
            new Scenario(
                    "processor-time-plain",
                    "Processor time of a start, plain Java",
                    ProcessorTimeTrial.class,
                    Amounts.millisAfterStart(3_000),
                    List.of(
                            Candidate.of("JVM", NoApplication.class),
                            Candidate.of("core with a job", CoreApplication.class, Jars.CORE))),
            new Scenario(
                    "processor-time-spring",
                    "Processor time of a start, Spring Boot without jobs",
                    ProcessorTimeTrial.class,
                    Amounts.millisAfterStart(3_000),
                    SPRING),
            new Scenario(
                    "spring-close",
                    "Spring Boot application with parked running jobs closed",
                    StopTrial.class,
                    Amounts.jobs(10_000, 100_000),
                    List.of(
                            Candidate.of("core", GracefulJobs.class, Jars.CORE).virtual(),
                            Candidate.of("Spring", SpringJobs.class, Jars.SPRING, Jars.BOOT, Jars.STARTER)
                                    .virtual())),
            new Scenario(
                    "scrape",
                    "Meters of running jobs read",
                    ScrapeTrial.class,
                    Amounts.none(),
                    List.of(
                            METERED.doing("100 jobs", 100),
                            METERED.doing("10,000 jobs", 10_000),
                            METERED.doing("100,000 jobs", 100_000))));

    private Scenarios() {}

    static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }

    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Can't measure '" + name + "': it is none of " + String.join(", ", names())));
    }
}
