package io.github.graceful4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spring.Readme;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ConfigurationMetadataTests {

    private static final Set<String> TYPES_WITH_HINTS =
            Set.of("java.time.Duration", "java.lang.Integer", "io.github.graceful4j.spring.autoconfigure.TimeLimit");

    @Test
    @DisplayName("S16: every property has a type and a description in the metadata")
    void everyPropertyIsDescribed() throws IOException {
        assertThat(ConfigurationMetadata.properties()).isNotEmpty().allSatisfy(property -> {
            assertThat(property.get("type"))
                    .as("type of %s", property.get("name"))
                    .isNotNull();
            assertThat(String.valueOf(property.get("description")))
                    .as("description of %s", property.get("name"))
                    .hasSizeGreaterThan(20)
                    .doesNotContain("{@");
        });
    }

    @Test
    @DisplayName("S16: every property has a default, or says what holds without one")
    void everyPropertyHasDefault() throws IOException {
        assertThat(ConfigurationMetadata.properties())
                .filteredOn(property -> !property.containsKey("defaultValue"))
                .allSatisfy(property -> assertThat(String.valueOf(property.get("description")))
                        .as("description of %s", property.get("name"))
                        .containsPattern("if none is set|by default"));
    }

    @Test
    @DisplayName("S16: the README's table of properties is complete, with the defaults as they are")
    void readmeTableIsTrue() throws IOException {
        Map<String, String> table = Readme.tableRows("### Properties").stream()
                .map(row -> row.split(" *\\| *"))
                .collect(Collectors.toMap(cells -> cells[1].replace("`", ""), cells -> cells[2]));

        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(names());
        assertThat(ConfigurationMetadata.properties()).allSatisfy(property -> {
            String shown = table.get(property.get("name"));
            Object value = property.get("defaultValue");
            if (value == null) {
                assertThat(shown).as("default of %s", property.get("name")).doesNotStartWith("`");
            } else {
                assertThat(shown).startsWith("`" + value + "`");
            }
        });
    }

    @Test
    @DisplayName("S16: an IDE offers values for each duration and number, and takes any other")
    void numbersAndDurationsHaveHints() throws IOException {
        List<Object> hinted = ConfigurationMetadata.hints().stream()
                .map(hint -> hint.get("name"))
                .toList();

        assertThat(ConfigurationMetadata.properties())
                .filteredOn(property -> TYPES_WITH_HINTS.contains(String.valueOf(property.get("type"))))
                .extracting(property -> property.get("name"))
                .isNotEmpty()
                .isSubsetOf(hinted);
        assertThat(names()).containsAll(hinted.stream().map(String::valueOf).toList());
        assertThat(ConfigurationMetadata.hints()).allSatisfy(hint -> {
            assertThat(JsonPath.<List<String>>read(hint, "$.providers[*].name")).containsExactly("any");
            assertThat(JsonPath.<List<String>>read(hint, "$.values[*].description"))
                    .hasSameSizeAs(JsonPath.<List<Object>>read(hint, "$.values[*].value"))
                    .allSatisfy(description -> assertThat(description).endsWith("."));
        });
    }

    @ParameterizedTest
    @MethodSource("hintedValues")
    @DisplayName("S16: each value that an IDE offers is a right one")
    void hintedValueIsRight(String property, Object value) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .withPropertyValues(property + "=" + value)
                .run(context -> {
                    assertThat(context).hasNotFailed();

                    endBeforeTheClose(context.getBean(GracefulManager.class));
                });
    }

    /** Whoever offers to wait for seconds at the close need not do so here. */
    private static void endBeforeTheClose(GracefulManager manager) {
        manager.phaseControl().begin(ShutdownReason.requested("the value was seen"));
        manager.phaseControl().finish().join();
    }

    static Stream<Arguments> hintedValues() throws IOException {
        return ConfigurationMetadata.hints().stream()
                .flatMap(hint -> JsonPath.<List<Object>>read(hint, "$.values[*].value").stream()
                        .map(value -> Arguments.of(hint.get("name"), value)));
    }

    private static List<String> names() throws IOException {
        return ConfigurationMetadata.properties().stream()
                .map(property -> String.valueOf(property.get("name")))
                .toList();
    }
}
