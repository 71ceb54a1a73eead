package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

class BootLineIT {

    private static final Path ROOT = Path.of("..", "..");

    /** As .ci/run looks for the JDKs it runs everything on. */
    private static final Pattern TRIED_JDK = Pattern.compile("find_jdk (\\d+) \\1");

    @Test
    @DisplayName("S17: this run has its own Spring Boot line, and no jar of another")
    void runsOnItsLine() {
        String version = System.getProperty("line.spring-boot", "");

        assertThat(SpringBootVersion.getVersion()).isEqualTo(version);
        assertThat(jars("spring-boot-")).hasSizeGreaterThan(5).allMatch(jar -> jar.endsWith("-" + version + ".jar"));
    }

    @Test
    @DisplayName("S17: the starter is the packaged one, compiled once for all lines")
    void runsThePackagedStarter() {
        String version = System.getProperty("line.starter", "");

        assertThat(sourceOf(GracefulAutoConfiguration.class))
                .isEqualTo("graceful-spring-boot-starter-" + version + ".jar");
        assertThat(sourceOf(GracefulManager.class)).isEqualTo("graceful-core-" + version + ".jar");
    }

    @Test
    @DisplayName("S17: the README has the row of this line")
    void readmeHasTheRow() throws IOException {
        String jdks = TRIED_JDK
                .matcher(Files.readString(ROOT.resolve(".ci/run")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.joining(", "));

        String row = BootLine.row(jdks);

        assertThat(Files.readAllLines(ROOT.resolve("README.md")))
                .as("the table of Spring Boot lines in README.md; it needs this row")
                .contains(row);
    }

    private static Stream<String> jars(String prefix) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> name.startsWith(prefix));
    }

    private static String sourceOf(Class<?> type) {
        String location = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return String.valueOf(Path.of(location).getFileName());
    }
}
