package io.github.graceful4j.spring.autoconfigure;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads what an IDE reads about the properties. */
final class ConfigurationMetadata {

    private ConfigurationMetadata() {}

    static List<Map<String, Object>> properties() throws IOException {
        return read("$.properties[?(@.name =~ /graceful\\..*/)]");
    }

    static List<Map<String, Object>> hints() throws IOException {
        return read("$.hints[*]");
    }

    private static List<Map<String, Object>> read(String path) throws IOException {
        try (InputStream metadata = Objects.requireNonNull(
                GracefulProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return JsonPath.parse(metadata).read(path);
        }
    }
}
