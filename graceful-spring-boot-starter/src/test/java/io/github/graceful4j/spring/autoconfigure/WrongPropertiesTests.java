package io.github.graceful4j.spring.autoconfigure;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WrongPropertiesTests {

    /** For each property its wrong values, each with a part of what is said about it. */
    private static final Map<String, Map<String, String>> WRONG = Map.ofEntries(
            entry("graceful.enabled", Map.of("perhaps", "Invalid boolean value")),
            entry(
                    "graceful.grace-period",
                    Map.of(
                            "soon",
                            "'soon' is not a valid duration",
                            "-1s",
                            "must be positive",
                            "0s",
                            "has the wrong value '0s'. It must be positive. Use a duration such as 25s, or 'unlimited'")),
            entry(
                    "graceful.reserve",
                    Map.of("-2s", "must not be negative", "40s", "must not be longer than 'graceful.grace-period'")),
            entry("graceful.interrupt-lead", Map.of("-3s", "must not be negative")),
            entry("graceful.before-jobs.timeout", Map.of("-3s", "must not be negative")),
            entry(
                    "graceful.drain.delay",
                    Map.of(
                            "-1s",
                            "must not be negative",
                            "30s",
                            "'graceful.grace-period', PT25S, and must be shorter")),
            entry("graceful.job-failure.exit-code", Map.of("-1", "It is no exit code", "none", "failed to convert")),
            entry(
                    "graceful.halt.exit-code",
                    Map.of("256", "Use a number from 0 to 255", "failure", "failed to convert")),
            entry("graceful.drain.service-registry", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.running-jobs.auto-startup", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.running-jobs.start", Map.of("soon", "failed to convert")),
            entry("graceful.running-jobs.on-failure", Map.of("retry", "failed to convert")),
            entry("graceful.jobs", Map.of("soon", "No converter found")),
            entry("graceful.second-signal", Map.of("stop", "failed to convert")),
            entry("graceful.sigterm.exit-code", Map.of("-1", "Use a number from 0 to 255")),
            entry("graceful.health.failed-jobs-status", Map.of("", "must not be blank")),
            entry("graceful.metrics.final-push", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.report.file", Map.of("no\0file", "")),
            entry("graceful.report.html", Map.of("maybe", "Invalid boolean value", "true", "Set that too")),
            entry("graceful.report.termination-message", Map.of("no\0file", "")),
            entry("graceful.running-jobs.phase", Map.of("first", "")),
            entry("graceful.shutdown-jobs.phase", Map.of("2147483648", "")),
            entry("graceful.work-sources.batch.enabled", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.work-sources.db-scheduler.enabled", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.work-sources.executors.enabled", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.work-sources.jobrunr.enabled", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.work-sources.quartz.enabled", Map.of("perhaps", "Invalid boolean value")),
            entry("graceful.work-sources.temporal.enabled", Map.of("perhaps", "Invalid boolean value")));

    @Test
    @DisplayName("S16: each property has a wrong value that is tried")
    void eachPropertyIsTried() throws IOException {
        List<Object> properties = ConfigurationMetadata.properties().stream()
                .map(property -> property.get("name"))
                .toList();

        assertThat(WRONG.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        properties.stream().map(String::valueOf).toList());
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    @DisplayName("S16: a wrong value fails the start, with its property and itself in Boot's failure report")
    void wrongValueNamesItself(String property, String value, String reason, CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF);

        assertThatThrownBy(() -> application.run("--" + property + "=" + value)).isNotNull();

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains(property)
                .contains(value)
                .contains(reason);
    }

    static Stream<Arguments> wrongValues() {
        Stream<Arguments> own = WRONG.entrySet().stream()
                .flatMap(property -> property.getValue().entrySet().stream()
                        .map(wrong -> Arguments.of(property.getKey(), wrong.getKey(), wrong.getValue())));
        Stream<Arguments> springs = Stream.of(Arguments.of(
                "spring.lifecycle.timeout-per-shutdown-phase", "later", "'later' is not a valid duration"));
        return Stream.concat(own, springs);
    }

    @EnableAutoConfiguration
    static class Application {}
}
