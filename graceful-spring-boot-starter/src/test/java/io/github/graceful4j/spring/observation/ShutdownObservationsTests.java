package io.github.graceful4j.spring.observation;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.Readme;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShutdownObservationsTests {

    private static final ShutdownReason REASON = ShutdownReason.signal("SIGTERM");

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

    @BeforeEach
    void keepWhatStops() {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private static GracefulManager manager(ObservationRegistry registry) {
        ShutdownObservations observations = new ShutdownObservations();
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .defaultPhases(2, 1)
                .listener(observations)
                .jobDecorator(observations)
                .build();
        observations.begin(registry, manager);
        return manager;
    }

    private static ShutdownReport shutDown(GracefulManager manager) throws Exception {
        manager.shutdown(REASON);
        return manager.awaitDone(Duration.ofSeconds(30));
    }

    private static String describe(Observation.ContextView context) {
        ObservationView parent = context.getParentObservation();
        return nameOf(context)
                + (parent == null ? ", not in any: " : ", in " + nameOf(parent.getContextView()) + ": ")
                + context.getAllKeyValues().stream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    private static @Nullable String nameOf(Observation.ContextView context) {
        return context.getContextualName() == null ? context.getName() : context.getContextualName();
    }

    @RepeatedTest(20)
    @DisplayName("S18: a shutdown is one observation, with its phases and their jobs below it")
    void shutdownIsOneTree() throws Exception {
        GracefulManager manager = manager(registry);
        manager.addRunningJob("consume", JobContext::awaitCancellation);
        manager.addShutdownJob(
                "flush", context -> Observation.start("inside", registry).stop());

        shutDown(manager);

        assertThat(registry).hasNumberOfObservationsEqualTo(6);
        assertThat(stopped)
                .extracting(ShutdownObservationsTests::describe)
                .containsExactlyInAnyOrder(
                        "shutdown, not in any: description=SIGTERM outcome=clean reason=signal",
                        "phase 2, in shutdown: phase=2",
                        "job consume, in phase 2: job=consume kind=running outcome=completed",
                        "phase 1, in shutdown: phase=1",
                        "job flush, in phase 1: job=flush kind=shutdown outcome=completed",
                        "inside, in job flush: ");
    }

    @Test
    @DisplayName("S18: of very many jobs, about a hundred of each kind are observed")
    void numberOfObservedJobsIsLimited() throws Exception {
        GracefulManager manager = manager(registry);
        for (int i = 0; i < 3 * ShutdownTrace.MOST; i++) {
            manager.addRunningJob("consume " + i, JobContext::awaitCancellation);
        }
        manager.addShutdownJob("flush", context -> {});

        shutDown(manager);

        assertThat(stopped)
                .filteredOn(context -> "graceful.trace.job".equals(context.getName()))
                .hasSize(ShutdownTrace.MOST + 1)
                .anyMatch(context -> "job flush".equals(context.getContextualName()));
    }

    @Test
    @DisplayName("S18: a job that fails or has no time left has an error, and its observation ends when it is given up")
    void errorsAreRecorded() throws Exception {
        GracefulManager manager = manager(registry);
        CountDownLatch over = new CountDownLatch(1);
        IllegalStateException failure = new IllegalStateException("no");
        manager.addShutdownJob("fail", context -> {
            throw failure;
        });
        manager.addShutdownJob(
                "hang",
                context -> awaitUninterruptibly(over),
                ShutdownJobOptions.defaults().withTimeout(Duration.ofMillis(1)));

        ShutdownReport report = shutDown(manager);

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(stopped)
                .filteredOn(context -> "graceful.trace.job".equals(context.getName()))
                .extracting(ShutdownObservationsTests::describe)
                .containsExactlyInAnyOrder(
                        "job fail, in phase 1: job=fail kind=shutdown outcome=failed",
                        "job hang, in phase 1: job=hang kind=shutdown outcome=timed_out");
        assertThat(stopped)
                .extracting(Observation.Context::getError)
                .contains(failure)
                .anyMatch(TimeoutException.class::isInstance);
        over.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // It is a job that ignores that.
            }
        }
    }

    @Test
    @DisplayName("S18: a running job that ended before the shutdown is no part of it")
    void jobThatEndedBeforeIsNoPart() throws Exception {
        GracefulManager manager = manager(registry);
        CountDownLatch started = new CountDownLatch(1);
        manager.addRunningJob("once", context -> started.countDown());
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        while (manager.jobs().get(0).outcome() == null) {
            Thread.onSpinWait();
        }

        shutDown(manager);

        assertThat(registry).hasNumberOfObservationsWithNameEqualTo("graceful.trace.job", 0);
        assertThat(registry).hasNumberOfObservationsWithNameEqualTo("graceful.trace.shutdown", 1);
    }

    @Test
    @DisplayName("S18: what is observed where a shutdown job was registered is not the parent of the shutdown")
    void shutdownIsATraceOfItsOwn() throws Exception {
        ShutdownTrace trace =
                Observation.createNotStarted("request", registry).observe(() -> new ShutdownTrace(registry));

        assertThat(trace).isNotNull();
        assertThat(registry)
                .hasObservationWithNameEqualTo("graceful.trace.shutdown")
                .that()
                .doesNotHaveParentObservation();
    }

    @Test
    @DisplayName("S18: jobs run and end as ever where nobody handles observations, or a handler fails")
    void jobsRunWhateverHandlesObservations() throws Exception {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationHandler(new BrokenHandler());
        for (ObservationRegistry some : List.of(ObservationRegistry.NOOP, ObservationRegistry.create(), broken)) {
            GracefulManager manager = manager(some);
            manager.addRunningJob("consume", JobContext::awaitCancellation);
            CountDownLatch ran = new CountDownLatch(1);
            manager.addShutdownJob("flush", context -> ran.countDown());

            assertThat(shutDown(manager).outcome()).isEqualTo(ShutdownOutcome.CLEAN);

            assertThat(ran.getCount()).isZero();
        }
    }

    private static final class BrokenHandler implements ObservationHandler<Observation.Context> {

        @Override
        public void onStart(Observation.Context context) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void onStop(Observation.Context context) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Test
    @DisplayName("S18: the README's table of observations is complete, with their keys")
    void readmeTableIsTrue() throws IOException {
        List<String> rows = new ArrayList<>();
        for (GracefulObservation observation : GracefulObservation.values()) {
            String keys = Stream.of(observation.getLowCardinalityKeyNames(), observation.getHighCardinalityKeyNames())
                    .flatMap(Arrays::stream)
                    .map(KeyName::asString)
                    .map(key -> "`" + key + "`")
                    .collect(Collectors.joining(", "));
            rows.add("| `" + observation.getName() + "` | " + keys + " |");
        }

        List<String> table = Readme.tableRows("### Traces");

        assertThat(table).hasSameSizeAs(rows);
        assertThat(rows).allSatisfy(row -> assertThat(table).anyMatch(line -> line.startsWith(row)));
    }
}
