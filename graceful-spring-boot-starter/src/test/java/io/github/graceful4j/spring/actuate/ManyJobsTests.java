package io.github.graceful4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.spring.metrics.GracefulMetrics;
import io.github.graceful4j.spring.report.PreviousShutdown;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

/** With very many jobs, what looks at them makes snapshots only of those that it shows. */
@Timeout(60)
class ManyJobsTests {

    private static final int FEW = 1_000;
    private static final int MANY = 10_000;

    /** Far less than a snapshot of each of them takes. */
    private static final long MOST_BYTES = 4L * (MANY - FEW);

    private static final PreviousShutdown NONE = new PreviousShutdown(PreviousShutdown.UNKNOWN, null, null);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final GracefulManager manager =
            GracefulManager.builder().autoStart(false).signals(false).build();

    @AfterEach
    void close() {
        manager.close();
    }

    private void addJobs(int upTo) {
        Job job = context -> {};
        for (long size = new JobList(manager).size(); size < upTo; size++) {
            manager.addRunningJob("job " + size, job);
        }
    }

    /** Returns how much more memory it takes with many jobs than with few. */
    private long bytesForJobs(Runnable work) {
        addJobs(FEW);
        work.run(); // loads what it needs
        work.run();
        long few = bytes(work);
        addJobs(MANY);
        return bytes(work) - few;
    }

    private long bytes(Runnable work) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    @Test
    @DisplayName("S12: a scrape makes no snapshot of a job, and counts them right")
    void scrapeMakesNoSnapshots() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GracefulMetrics metrics = new GracefulMetrics(() -> NONE);
        metrics.bindTo(registry);
        metrics.begin(manager);

        assertThat(bytesForJobs(registry::scrape)).isLessThan(MOST_BYTES);
        assertThat(registry.get("graceful.jobs")
                        .tags(List.of(Tag.of("kind", "running"), Tag.of("state", "waiting")))
                        .gauge()
                        .value())
                .isEqualTo(MANY);
    }

    @Test
    @DisplayName("S13: health makes no snapshot of a job that neither failed nor waits for a restart")
    void healthMakesNoSnapshots() {
        JobHealth health = new JobHealth(() -> manager, () -> NONE, "DOWN");

        assertThat(bytesForJobs(health::now)).isLessThan(MOST_BYTES);
    }

    @Test
    @DisplayName("S13: the endpoint shows how many jobs there are, and a hundred of them")
    void endpointShowsAHundred() {
        GracefulEndpoint endpoint = endpoint();

        assertThat(bytesForJobs(() -> graceful(endpoint, null, null, null, null, null)))
                .isLessThan(MOST_BYTES);
        Map<String, Object> body = graceful(endpoint, null, null, null, null, null);
        assertThat(body.get("jobCounts"))
                .isEqualTo(List.of(Map.of("kind", "RUNNING", "state", "WAITING", "count", (long) MANY)));
        assertThat(names(body)).hasSize(100).startsWith("job 0").endsWith("job 99");
    }

    @Test
    @DisplayName("S13: the page shows a hundred jobs, and says how many more there are")
    void pageShowsAHundred() {
        addJobs(FEW);
        GracefulPageExtension page = new GracefulPageExtension(() -> manager, () -> NONE, List::of, Show.NEVER);

        assertThat(page.page(SecurityContext.NONE, null, null).getBody())
                .contains("job 99", "900 more jobs are not shown")
                .doesNotContain("job 100");
    }

    @Test
    @DisplayName("S13: the endpoint shows first what is neither active nor waiting")
    void endpointShowsTroubleFirst() {
        addJobs(FEW);
        manager.jobControl().stop("job 777");

        assertThat(names(graceful(endpoint(), null, null, null, null, null)))
                .hasSize(100)
                .startsWith("job 777", "job 0");
    }

    @Test
    @DisplayName("S13: the endpoint shows the jobs that it is asked for, in the order of registration")
    void endpointShowsWhatIsAskedFor() {
        addJobs(FEW);
        manager.jobControl().stop("job 777");
        manager.addShutdownJob("flush", context -> {});
        GracefulEndpoint endpoint = endpoint();

        assertThat(names(graceful(endpoint, null, "stopped", null, null, null))).containsExactly("job 777");
        assertThat(names(graceful(endpoint, "Shutdown", null, null, null, null)))
                .containsExactly("flush");
        assertThat(names(graceful(endpoint, null, null, "b 99", null, null)))
                .hasSize(11)
                .startsWith("job 99", "job 990");
        assertThat(names(graceful(endpoint, null, null, null, 500, 2))).containsExactly("job 500", "job 501");
        assertThat(names(graceful(endpoint, null, null, null, 0, 1000))).hasSize(FEW);
    }

    @ParameterizedTest
    @CsvSource({"sleeping,,Use 'state' with one of", ",-1,'Use ''limit'' with a number from 0 to 1000'", ",1001,1000"})
    @DisplayName("S13: the endpoint refuses what makes no sense, and says what does")
    void endpointRefusesNonsense(String state, Integer limit, String reason) {
        assertThatThrownBy(() -> graceful(endpoint(), null, state, null, null, limit))
                .isInstanceOfSatisfying(
                        InvalidEndpointRequestException.class,
                        e -> assertThat(e.getReason()).contains(reason));
    }

    private GracefulEndpoint endpoint() {
        return new GracefulEndpoint(() -> manager, () -> NONE, List::of, event -> {}, Show.NEVER);
    }

    private static Map<String, Object> graceful(
            GracefulEndpoint endpoint,
            @Nullable String kind,
            @Nullable String state,
            @Nullable String name,
            @Nullable Integer offset,
            @Nullable Integer limit) {
        return endpoint.graceful(SecurityContext.NONE, kind, state, name, offset, limit);
    }

    private static List<Object> names(Map<String, Object> body) {
        return ((List<?>) Objects.requireNonNull(body.get("jobs")))
                .stream().map(job -> (Object) ((Map<?, ?>) job).get("name")).toList();
    }
}
