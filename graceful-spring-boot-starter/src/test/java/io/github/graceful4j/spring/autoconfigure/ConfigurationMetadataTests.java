package io.github.graceful4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.spring.Readme;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    @DisplayName("S16: every property has a description in the metadata")
    void everyPropertyIsDescribed() throws IOException {
        assertThat(properties())
                .isNotEmpty()
                .allSatisfy(property -> assertThat(String.valueOf(property.get("description")))
                        .as("description of %s", property.get("name"))
                        .hasSizeGreaterThan(20));
    }

    @Test
    @DisplayName("S16: the README's table of properties is complete, with the defaults as they are")
    void readmeTableIsTrue() throws IOException {
        Map<String, String> table = Readme.tableRows("### Properties").stream()
                .map(row -> row.split(" *\\| *"))
                .collect(Collectors.toMap(cells -> cells[1].replace("`", ""), cells -> cells[2]));

        assertThat(table.keySet())
                .containsExactlyInAnyOrderElementsOf(properties().stream()
                        .map(property -> String.valueOf(property.get("name")))
                        .toList());
        assertThat(properties()).allSatisfy(property -> {
            Object value = property.get("defaultValue");
            if (value != null) {
                assertThat(table.get(property.get("name"))).startsWith("`" + value + "`");
            }
        });
    }

    private static List<Map<String, Object>> properties() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(
                GracefulProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return JsonPath.parse(metadata).read("$.properties[?(@.name =~ /graceful\\..*/)]");
        }
    }
}
