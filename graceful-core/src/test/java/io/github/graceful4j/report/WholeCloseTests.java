package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.graceful4j.job.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A report that covers not only jobs, but all that the close of an application waited for. */
class WholeCloseTests {

    private static final ShutdownReport REPORT = SampleReports.wholeClose();

    private static StepResult step(String name, long beganMillis, long millis, boolean timedOut) {
        return new StepResult(
                StepResult.Kind.LIFECYCLE_BEAN,
                name,
                "",
                0,
                Duration.ofMillis(beganMillis),
                Duration.ofMillis(millis),
                timedOut);
    }

    private static ShutdownReport closed(long millis, StepResult... steps) {
        return SampleReports.empty(Duration.ofSeconds(10))
                .ofWholeClose(Duration.ofMillis(millis), true, List.of(steps));
    }

    @Test
    @DisplayName("S19: blame says what was waited for, whoever that was, what took longest first")
    void blameIsAboutEverybody() {
        assertThat(REPORT.blame())
                .extracting(WaitedFor::name, WaitedFor::kind, WaitedFor::outcome)
                .containsExactly(
                        tuple("webServerGracefulShutdown", WaitedFor.Kind.LIFECYCLE_BEAN, JobOutcome.TIMED_OUT),
                        tuple("dataSource", WaitedFor.Kind.DESTRUCTION, JobOutcome.COMPLETED),
                        tuple("readiness is off", WaitedFor.Kind.DRAIN, JobOutcome.COMPLETED),
                        tuple("orders.settle", WaitedFor.Kind.RUNNING_JOB, JobOutcome.COMPLETED),
                        tuple("journal.flush", WaitedFor.Kind.SHUTDOWN_JOB, JobOutcome.COMPLETED),
                        tuple("orderListeners", WaitedFor.Kind.LIFECYCLE_BEAN, JobOutcome.COMPLETED),
                        tuple("serviceRegistration", WaitedFor.Kind.LISTENER, JobOutcome.COMPLETED),
                        tuple("taskExecutor", WaitedFor.Kind.LIFECYCLE_BEAN, JobOutcome.COMPLETED),
                        tuple("webServerStartStop", WaitedFor.Kind.LIFECYCLE_BEAN, JobOutcome.COMPLETED));
    }

    @Test
    @DisplayName(
            "S19: of beans that stop side by side, only the one that took longest is to blame; those before it, too")
    void onlyTheSlowestOfAPhaseIsToBlame() {
        ShutdownReport report = closed(
                3_000,
                step("blocks", 0, 1_000, false),
                step("quick", 1_000, 900, false),
                step("slow", 1_001, 2_000, false));

        assertThat(report.blame()).extracting(WaitedFor::name).containsExactly("slow", "blocks");
    }

    @Test
    @DisplayName("S19: a job is not to blame where a bean that stops beside it takes longer")
    void jobBesideASlowerBean() {
        List<StepResult> steps = new ArrayList<>(REPORT.steps());
        steps.add(new StepResult(
                StepResult.Kind.LIFECYCLE_BEAN,
                "slower",
                "",
                Integer.MAX_VALUE - 1280,
                Duration.ofMillis(8_009),
                Duration.ofMillis(1_490),
                false));

        ShutdownReport report = REPORT.ofWholeClose(REPORT.elapsed(), true, steps);

        assertThat(report.blame())
                .extracting(WaitedFor::name)
                .contains("slower", "journal.flush")
                .doesNotContain("orders.settle");
    }

    @Test
    @DisplayName(
            "S19: a close that took longer than the grace period, or in which the time of a bean was up, is not clean")
    void lateCloseIsNotClean() {
        assertThat(closed(9_999).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(closed(10_001).outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(closed(5_000, step("hangs", 0, 4_000, true)).outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
    }

    @Test
    @DisplayName("S19: what is written before the close is over says so")
    void incompleteReportSaysSo() {
        ShutdownReport incomplete = REPORT.incomplete();

        assertThat(incomplete.complete()).isFalse();
        assertThat(incomplete.toText().lines())
                .element(1)
                .isEqualTo("  not complete: the application was not closed yet when this was written");
        assertThat(incomplete.toJson()).contains("\"complete\":false");
        assertThat(incomplete.toHtml()).contains("was not closed yet");
        assertThat(REPORT.toText() + REPORT.toHtml()).doesNotContain("not closed yet");
    }

    @Test
    @DisplayName("S19: the text has each step in its phase, among the jobs")
    void textHasEachStep() {
        assertThat(REPORT.toText().lines())
                .containsSubsequence(
                        "  drain: took 2.000s",
                        "  listeners of the close: began at 2.000s, took 0.118s",
                        "  phase 2147482623: began at 2.502s, took 5.500s",
                        "    timed out    bean     webServerGracefulShutdown"
                                + " (org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle)"
                                + "  began at 2.502s, took 5.500s",
                        "  phase 2147482367: began at 8.009s, took 1.482s",
                        "    completed    running  orders.settle  began at 8.010s, took 1.480s",
                        "  destruction of beans: began at 10.450s, took 2.600s",
                        "    completed    destroy  dataSource (com.example.dataSource)  began at 10.450s, took 2.600s",
                        "what it waited for:",
                        "    5.500s  webServerGracefulShutdown (lifecycle bean)",
                        "    2.600s  dataSource (destruction)",
                        "    1.480s  orders.settle");
    }

    @Test
    @DisplayName("S14: S19: in a text of limited size, what was waited for stays")
    void limitedTextKeepsTheBlame() {
        List<StepResult> steps = new ArrayList<>(REPORT.steps());
        for (int i = 0; i < 500; i++) {
            steps.add(step("bean" + i, 11_000, 1, false));
        }

        String text = REPORT.ofWholeClose(REPORT.elapsed(), true, steps).toText(4096);

        assertThat(text)
                .contains("timed out    bean     webServerGracefulShutdown", "2.600s  dataSource (destruction)");
    }

    @Test
    @DisplayName("S19: the JSON has each step, and fits the schema")
    void jsonHasEachStep() throws IOException {
        JsonNode json = new ObjectMapper().readTree(REPORT.toJson());

        assertThat(json.at("/steps/2/name").textValue()).isEqualTo("webServerGracefulShutdown");
        assertThat(json.at("/steps/2/phase").intValue()).isEqualTo(Integer.MAX_VALUE - 1024);
        assertThat(json.at("/steps/2/timedOut").booleanValue()).isTrue();
        assertThat(json.at("/steps/6/kind").textValue()).isEqualTo("DESTRUCTION");
        assertThat(json.at("/steps/6").has("phase")).isFalse();
        assertThat(json.at("/blame/0/kind").textValue()).isEqualTo("LIFECYCLE_BEAN");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(Files.readString(Path.of("..", "docs", "shutdown-report.schema.json")))
                        .validate(json))
                .isEmpty();
    }

    @Test
    @DisplayName("S19: the page shows steps and jobs on one time line, and leads from the blame to each")
    void pageHasOneTimeLine() {
        String html = REPORT.toHtml();

        assertThat(html)
                .containsSubsequence(
                        "What it waited for",
                        "webServerGracefulShutdown",
                        "dataSource",
                        "Listeners of the close",
                        "Phase MAX − 1024",
                        "Phase MAX − 1280",
                        "orders.settle",
                        "Destruction of beans",
                        "dataSource")
                .contains("<dt>Other steps</dt><dd>6 completed, 1 timed out</dd>")
                .contains("<dt>Jobs</dt><dd>3 completed</dd>");
    }
}
