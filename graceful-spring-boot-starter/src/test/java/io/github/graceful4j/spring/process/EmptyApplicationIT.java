package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application without jobs pays for the starter, in what does not depend on the machine. */
@Timeout(600)
class EmptyApplicationIT {

    /** What {@code spring-boot-starter} brings along, and nothing else that tests need. */
    private static final Pattern STARTER = Pattern.compile(
            "(spring-(boot(-autoconfigure)?|core|context|beans|aop|expression)|logback-(core|classic)|slf4j-api"
                    + "|log4j-(api|to-slf4j)|jul-to-slf4j|commons-logging|jspecify|micrometer-(commons|observation)"
                    + "|jakarta.annotation-api|snakeyaml)-\\d.*\\.jar");

    /** What Spring Boot loads ahead on a thread of its own, it has loaded by then or not. */
    private static final String ALL_ON_ONE_THREAD = "-Dspring.backgroundpreinitializer.ignore=true";

    private static Costs none;
    private static Costs scheduling;
    private static Costs graceful;

    private record Costs(long bytes, long classes, long classesOfClose, List<String> threads) {

        static Costs of(String option, Predicate<String> onClassPath) {
            try (ApplicationProcess application = ApplicationProcess.startWith(
                    List.of(option, ALL_ON_ONE_THREAD), EmptyApplication.class, onClassPath)) {
                assertThat(application.awaitExit())
                        .as("%s", application.lines())
                        .isZero();
                return new Costs(
                        number(application, "> bytes "),
                        number(application, "> classes "),
                        number(application, "> classes of the close "),
                        application.linesAfter("> thread "));
            }
        }

        private static long number(ApplicationProcess application, String prefix) {
            return Long.parseLong(application.linesAfter(prefix).stream()
                    .filter(rest -> rest.matches("\\d+"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @BeforeAll
    static void measure() {
        List<String> ours = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("graceful-") && !entry.contains("test-classes"))
                .toList();
        Predicate<String> withoutOurs = entry -> entry.contains("test-classes")
                || STARTER.matcher(Path.of(entry).getFileName().toString()).matches();
        assertThat(ours).hasSize(2);
        none = Costs.of("-Dscheduling=false", withoutOurs);
        scheduling = Costs.of("-Dscheduling=true", withoutOurs);
        graceful = Costs.of("-Dscheduling=false", withoutOurs.or(ours::contains));
    }

    @Test
    @DisplayName("S1: an application without jobs loads no more classes for the starter than for @EnableScheduling")
    void loadsFewClasses() {
        assertThat(graceful.classes() - none.classes())
                .isPositive()
                .isLessThanOrEqualTo(scheduling.classes() - none.classes())
                .isLessThanOrEqualTo(40);
    }

    @Test
    @DisplayName("S1: an application without jobs allocates little more for the starter than for @EnableScheduling")
    void allocatesLittle() {
        assertThat(graceful.bytes() - none.bytes())
                .isPositive()
                .isLessThanOrEqualTo((scheduling.bytes() - none.bytes()) * 5 / 4)
                .isLessThanOrEqualTo(1_400_000);
    }

    @Test
    @DisplayName("S1: an application without jobs has no thread of the library's own")
    void startsNoThread() {
        assertThat(graceful.threads()).isNotEmpty().noneMatch(name -> name.startsWith("graceful"));
    }

    @Test
    @DisplayName("S1: the close of an application without jobs loads next to no class")
    void closeLoadsFewClasses() {
        assertThat(graceful.classesOfClose() - none.classesOfClose()).isLessThanOrEqualTo(3);
    }
}
