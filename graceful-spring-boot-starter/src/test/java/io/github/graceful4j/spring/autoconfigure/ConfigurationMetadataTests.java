package io.github.graceful4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| `(graceful\\.[a-z.-]+)` \\| `?([^|`]*)`? \\|");

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
        String readme = Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8);
        Matcher rows = TABLE_ROW.matcher(readme);
        Map<String, String> table = new TreeMap<>();
        while (rows.find()) {
            table.put(rows.group(1), rows.group(2).trim());
        }

        assertThat(table.keySet())
                .containsExactlyElementsOf(properties().stream()
                        .map(property -> String.valueOf(property.get("name")))
                        .sorted()
                        .toList());
        assertThat(properties()).allSatisfy(property -> {
            Object value = property.get("defaultValue");
            if (value != null) {
                assertThat(table.get(property.get("name"))).isEqualTo(String.valueOf(value));
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
