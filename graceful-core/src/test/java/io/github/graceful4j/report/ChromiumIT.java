package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;

/**
 * What a real browser makes of a page. Skipped where there is no Chromium with its driver; on Debian, {@code apt-get
 * install chromium chromium-driver} installs both, as {@code .ci/run} does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class ChromiumIT {

    private static final double PIXELS = 1.5;

    @TempDir
    private Path directory;

    private Chromium chromium;

    @BeforeAll
    void start(@TempDir Path profile) {
        chromium = Chromium.start(profile);
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private void open(String html) throws IOException {
        Path page = directory.resolve("page.html");
        Files.writeString(page, html);
        chromium.size(1200, 900).theme("light").open(page);
    }

    static Map<String, String> pages() {
        return Map.of(
                "clean", SampleReports.clean().toHtml(),
                "timed out", SampleReports.timedOut().toHtml(),
                "whole close", SampleReports.wholeClose().toHtml(),
                "two hundred jobs", SampleReports.many(200).toHtml(),
                "no jobs", SampleReports.empty(Deadline.UNLIMITED).toHtml(),
                "under way", SampleReports.underWay().toHtml(),
                "without report",
                        ReportPage.withoutReport("It died", "There is no report of it.")
                                .toHtml(),
                "jobs",
                        ReportPage.of(List.of(SampleReports.snapshot(
                                        "x".repeat(200), JobKind.RUNNING, 0, JobState.ACTIVE, null)))
                                .toHtml());
    }

    static List<String> names() {
        return pages().keySet().stream().sorted().toList();
    }

    private void openNamed(String name) throws IOException {
        open(Objects.requireNonNull(pages().get(name)));
    }

    private void openAllDetails() {
        chromium.evaluate("document.querySelectorAll('details').forEach(each => each.open = true); return 0");
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("C18: a page renders, asks for nothing but itself, and leaves no error in the console")
    void rendersAlone(String name) throws IOException {
        chromium.requests();
        chromium.console();

        openNamed(name);
        openAllDetails();

        assertThat(chromium.one("h1").isDisplayed()).isTrue();
        assertThat(chromium.one("h1").getText()).isNotBlank();
        assertThat(chromium.console()).isEmpty();
        assertThat(chromium.requests())
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).matches("file://.*/page\\.html|data:,"));
    }

    @Test
    @DisplayName("C18: bars are in the order of their begin and in proportion, and the deadline is where it belongs")
    void barsAreInOrderAndProportion() throws IOException {
        ShutdownReport report = SampleReports.timedOut();

        open(report.toHtml());

        Rectangle track = chromium.one(".axis .track").getRect();
        double pixelsPerMilli = track.width / (report.elapsed().toMillis() * 1.02);
        List<Bar> expected = Section.of(report).stream()
                .flatMap(section -> PhaseBars.of(section).bars().stream())
                .filter(bar -> bar.began() != null)
                .toList();
        List<WebElement> bars = chromium.all(".job rect.bar:not(.tip):not([height='100%'])");
        assertThat(bars).hasSameSizeAs(expected);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = expected.get(i);
            assertThat(edge(bars.get(i), "left") - track.x)
                    .as("left of %s", bar.job())
                    .isCloseTo(millis(bar.began()) * pixelsPerMilli, within(PIXELS));
            assertThat(edge(bars.get(i), "width"))
                    .as("width of %s", bar.job())
                    .isCloseTo(millis(bar.elapsed()) * pixelsPerMilli, within(PIXELS));
        }
        List<Double> tops = bars.stream().map(bar -> edge(bar, "top")).toList();
        assertThat(tops).isSorted().doesNotHaveDuplicates();
        assertThat(edge(chromium.one(".axis line.deadline"), "left") - track.x)
                .isCloseTo(20_000 * pixelsPerMilli, within(PIXELS));
        assertThat(edge(chromium.one(".row.drain rect:not(.tip)"), "width"))
                .isCloseTo(4_000 * pixelsPerMilli, within(PIXELS));
    }

    private double edge(WebElement element, String side) {
        return chromium.number("return arguments[0].getBoundingClientRect()[arguments[1]]", element, side);
    }

    private static long millis(@Nullable Duration duration) {
        return Objects.requireNonNull(duration).toMillis();
    }

    @Test
    @DisplayName("C18: a job that took no time is seen as well")
    void shortestBarIsSeen() throws IOException {
        open(SampleReports.timedOut().toHtml());

        assertThat(chromium.all(".job rect.tip"))
                .isNotEmpty()
                .allSatisfy(tip -> assertThat(edge(tip, "width")).isEqualTo(3));
    }

    @Test
    @DisplayName("C18: a job named <script> does nothing, and is shown as text")
    void scriptDoesNothing() throws IOException {
        open(SampleReports.timedOut().toHtml());
        openAllDetails();

        assertThat(chromium.hasAlert()).isFalse();
        assertThat(chromium.all("script, img, [onerror]")).isEmpty();
        assertThat(chromium.all(".job bdi")).extracting(WebElement::getText).contains(SampleReports.SCRIPT);
        assertThat(chromium.one(".errors").getText()).contains("\"/><img src=x onerror=alert(2)>");
    }

    @Test
    @DisplayName("C18: were there a script in a page after all, the browser would not run it")
    void policyStopsScripts() throws IOException {
        open(SampleReports.clean().toHtml().replace("<main>", "<main><script>alert(1)</script>"));

        assertThat(chromium.all("script")).hasSize(1);
        assertThat(chromium.hasAlert()).isFalse();
        assertThat(chromium.console()).anyMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    @DisplayName("C18: a click on a stuck job shows where it was, and another one hides it")
    void clickShowsTheStack() throws IOException {
        open(SampleReports.timedOut().toHtml());
        WebElement job = chromium.one("details.job");
        WebElement stack = chromium.one("details.job pre");
        assertThat(stack.isDisplayed()).isFalse();

        job.findElement(org.openqa.selenium.By.tagName("summary")).click();

        assertThat(stack.isDisplayed()).isTrue();
        assertThat(stack.getText()).contains("com.example.LegacySystem.poll(LegacySystem.java:41)");
        job.findElement(org.openqa.selenium.By.tagName("summary")).click();
        assertThat(stack.isDisplayed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENTER", "SPACE"})
    @DisplayName("C18: the keyboard alone shows where a job was stuck, and what has the focus is seen")
    void keyboardShowsTheStack(String key) throws IOException {
        open(SampleReports.timedOut().toHtml());

        chromium.tabTo("details.job > summary");
        chromium.press(Keys.valueOf(key));

        assertThat(chromium.one("details.job pre").isDisplayed()).isTrue();
        assertThat(chromium.evaluate("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        chromium.tabTo("details.job pre");
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("C18: on a telephone nothing is wider than the screen, whatever is opened")
    void fitsATelephone(String name) throws IOException {
        openNamed(name);
        chromium.size(360, 740);
        openAllDetails();

        assertThat(chromium.number("return document.documentElement.scrollWidth"))
                .isEqualTo(360);
        assertThat(chromium.evaluate("return [...document.querySelectorAll('main > *, .row > *')]"
                        + ".filter(each => each.getBoundingClientRect().right > 360).map(each => each.outerHTML)"))
                .isEqualTo(List.of());
    }

    @Test
    @DisplayName("C18: the page follows the reader's theme")
    void followsTheTheme() throws IOException {
        open(SampleReports.timedOut().toHtml());
        double light = luminance("body", "backgroundColor");

        chromium.theme("dark");

        double dark = luminance("body", "backgroundColor");
        assertThat(light).isGreaterThan(0.8);
        assertThat(dark).isLessThan(0.05);
        assertThat(luminance("h1", "color")).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    @DisplayName("C18: text and bars stand out from what they are on, as WCAG AA wants it, in both themes")
    void contrastIsEnough(String theme) throws IOException {
        open(SampleReports.timedOut().toHtml());
        chromium.theme(theme);
        openAllDetails();

        double page = luminance("body", "backgroundColor");
        double card = luminance("section", "backgroundColor");
        for (String text : List.of("h1", "dt", "dd", ".gauge p", ".reason strong")) {
            assertThat(contrast(luminance(text, "color"), page)).as(text).isGreaterThan(4.5);
        }
        for (String text : List.of("h2", ".blame a", ".legend li", ".time", ".status", "td", "caption", "code")) {
            assertThat(contrast(luminance(text, "color"), card)).as(text).isGreaterThan(4.5);
        }
        assertThat(contrast(luminance("pre", "color"), page)).isGreaterThan(4.5);
        for (Status status : Status.values()) {
            String cssClass = status.cssClass();
            chromium.evaluate(
                    "document.querySelector('.dot').setAttribute('class', 'dot ' + arguments[0]); return 0", cssClass);
            assertThat(contrast(luminance(".dot", "color"), card)).as(cssClass).isGreaterThan(3);
        }
    }

    /** Returns the relative luminance of a colour as WCAG 2 defines it. */
    private double luminance(String selector, String property) {
        String color = String.valueOf(chromium.evaluate(
                "return getComputedStyle(arguments[0])[arguments[1]]", chromium.one(selector), property));
        List<Double> parts = new ArrayList<>();
        for (String part : color.replaceAll("[^0-9,]", "").split(",", 3)) {
            double value = Integer.parseInt(part) / 255.0;
            parts.add(value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return 0.2126 * parts.get(0) + 0.7152 * parts.get(1) + 0.0722 * parts.get(2);
    }

    private static double contrast(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    @Test
    @DisplayName("C18: each status of a bar has a look of its own beside its colour, or none to tell it from")
    void statusIsNotToldByColourAlone() throws IOException {
        open(SampleReports.timedOut().toHtml());

        List<String> words = chromium.all(".job .status").stream()
                .map(WebElement::getText)
                .map(String::strip)
                .distinct()
                .toList();
        Object fills = chromium.evaluate("return [...new Set([...document.querySelectorAll('.legend rect')]"
                + ".map(each => getComputedStyle(each).fill))].length");

        assertThat(words)
                .containsExactlyInAnyOrder("completed", "failed", "interrupted", "abandoned", "timed out", "skipped");
        assertThat(((Number) fills).intValue()).isEqualTo(words.size());
    }

    @Test
    @DisplayName("C18: every bar has a name for whoever can't see it, and the table says the same in text")
    void hasTextForWhoeverCantSee() throws IOException {
        open(SampleReports.timedOut().toHtml());

        assertThat(chromium.all("svg[role=img]"))
                .isNotEmpty()
                .allSatisfy(svg -> assertThat(svg.getAccessibleName()).isNotBlank());
        assertThat(chromium.all("table tbody tr")).hasSize(9);
        assertThat(chromium.one("html").getDomAttribute("lang")).isEqualTo("en");
        assertThat(IntStream.rangeClosed(1, 3)
                        .map(level -> chromium.all("h" + level).size())
                        .toArray())
                .containsExactly(1, 3, 2);
    }
}
