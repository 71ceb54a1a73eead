package io.github.graceful4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.Exposition;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.yaml.snakeyaml.Yaml;

class MonitoringFilesTests {

    private static final Pattern SELECTOR = Pattern.compile("\\b((?:graceful|process)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern ANNOTATION = Pattern.compile("\\$labels\\.(\\w+)");

    /** What Prometheus adds to each series by itself. */
    private static final String TARGET = "instance";

    private final Path docs = Path.of("..", "docs");

    private Exposition scrape() {
        Exposition[] scraped = new Exposition[1];
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withBean(Jobs.class, Jobs::new)
                .run(context -> scraped[0] = Exposition.parse(
                        context.getBean(PrometheusMeterRegistry.class).scrape()));
        return scraped[0];
    }

    @Test
    @DisplayName("S12: every meter and label of the dashboard exists")
    void dashboardIsTrue() throws IOException {
        Exposition exposition = scrape();
        List<Map<String, Object>> targets = JsonPath.parse(dashboard()).read("$.panels[*].targets[*]");

        assertThat(targets).hasSizeGreaterThan(10).allSatisfy(target -> {
            String expression = String.valueOf(target.get("expr"));
            assertExists(exposition, expression);
            assertLabelsExist(exposition, expression, LEGEND, String.valueOf(target.get("legendFormat")));
        });
    }

    @Test
    @DisplayName("S12: the dashboard can be imported: each panel has an id, a place, and data from the chosen source")
    void dashboardCanBeImported() throws IOException {
        String json = Files.readString(dashboard().toPath());
        assertThat(JsonPath.<String>read(json, "$.uid")).isEqualTo("graceful4j");
        assertThat(JsonPath.<Integer>read(json, "$.schemaVersion")).isPositive();
        assertThat(JsonPath.<List<String>>read(json, "$.templating.list[*].name"))
                .containsExactly("datasource", "instance");

        List<Map<String, Object>> panels = JsonPath.read(json, "$.panels[*]");
        assertThat(panels).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.get("gridPos")).doesNotHaveDuplicates();
        assertThat(panels).filteredOn(panel -> !"row".equals(panel.get("type"))).allSatisfy(panel -> {
            assertThat(String.valueOf(panel.get("description"))).hasSizeGreaterThan(20);
            assertThat(panel.get("targets"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isNotEmpty();
        });
        assertThat(JsonPath.<List<String>>read(json, "$.panels[*].targets[*].datasource.uid"))
                .containsOnly("${datasource}");
    }

    private File dashboard() {
        return docs.resolve("grafana-dashboard.json").toFile();
    }

    @Test
    @DisplayName("S12: every meter and label of the alerts exists")
    void alertsAreTrue() throws IOException {
        Exposition exposition = scrape();
        List<Map<?, ?>> rules = rules();

        assertThat(rules).hasSizeGreaterThan(5).allSatisfy(rule -> {
            String expression = String.valueOf(rule.get("expr"));
            assertExists(exposition, expression);
            assertLabelsExist(exposition, expression, ANNOTATION, String.valueOf(rule.get("annotations")));
            assertThat(String.valueOf(rule.get("annotations"))).contains("summary=", "description=");
            assertThat(String.valueOf(rule.get("labels"))).contains("severity=");
        });
        assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
    }

    private List<Map<?, ?>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<?, ?>>>>> file =
                new Yaml().load(Files.readString(docs.resolve("prometheus-alerts.yml")));
        List<Map<?, ?>> rules = new ArrayList<>();
        file.getOrDefault("groups", List.of()).forEach(group -> rules.addAll(group.getOrDefault("rules", List.of())));
        return rules;
    }

    private static void assertExists(Exposition exposition, String expression) {
        List<MatchResult> selectors = all(SELECTOR, expression);
        assertThat(selectors).as(expression).isNotEmpty();
        for (MatchResult selector : selectors) {
            String name = selector.group(1);
            assertThat(exposition.names()).as(expression).contains(name);
            String matchers = selector.group(2);
            if (matchers != null) {
                all(MATCHER, matchers).forEach(matcher -> assertMatches(exposition, name, matcher, expression));
            }
        }
        labels(GROUPING, expression)
                .forEach(label -> assertThat(labelsIn(exposition, expression))
                        .as(expression)
                        .contains(label));
    }

    private static void assertMatches(Exposition exposition, String name, MatchResult matcher, String expression) {
        if (!matcher.group(1).equals(TARGET)) {
            assertThat(matcher.group(2)).as(expression).isEqualTo("=");
            assertThat(exposition.values(name, matcher.group(1)))
                    .as("%s of %s in %s", matcher.group(1), name, expression)
                    .contains(matcher.group(3));
        }
    }

    private static void assertLabelsExist(Exposition exposition, String expression, Pattern pattern, String text) {
        labels(pattern, text)
                .forEach(label -> assertThat(labelsIn(exposition, expression))
                        .as("labels of %s in %s", expression, text)
                        .contains(label));
    }

    private static Set<String> labelsIn(Exposition exposition, String expression) {
        Set<String> labels = new TreeSet<>(Set.of(TARGET));
        all(SELECTOR, expression).forEach(selector -> labels.addAll(exposition.labels(selector.group(1))));
        return labels;
    }

    private static Stream<String> labels(Pattern pattern, String text) {
        return all(pattern, text).stream()
                .flatMap(found -> Stream.of(found.group(1).split(", *")));
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    @EnableAutoConfiguration
    static class Application {}

    static class Jobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }

        @ShutdownJob
        void flush() {}
    }
}
