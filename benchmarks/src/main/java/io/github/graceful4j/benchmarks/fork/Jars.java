package io.github.graceful4j.benchmarks.fork;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a candidate has on its class path beside the benchmarks: what a service would have that uses it, and no more. A
 * jar that is not there is never searched, and turns on no auto-configuration.
 *
 * @param beginnings how the names of the files begin
 */
record Jars(List<String> beginnings) {

    private static final Jars BENCHMARKS = of("benchmarks-");

    /** There is no log: how long that takes is up to the service. */
    static final Jars CORE = of("graceful-core-", "slf4j-api-", "slf4j-nop-");

    static final Jars GUAVA = of("guava-", "failureaccess-");

    static final Jars PEKKO = of("pekko-actor_", "scala-library-", "config-");

    static final Jars SPRING = of(
            "spring-core-",
            "spring-beans-",
            "spring-context-",
            "spring-aop-",
            "spring-expression-",
            "commons-logging-",
            "jakarta.annotation-api-",
            "jspecify-",
            "micrometer-commons-",
            "micrometer-observation-");

    /** The log is the one of Spring Boot. */
    static final Jars BOOT = of(
            "spring-boot-",
            "logback-classic-",
            "logback-core-",
            "log4j-api-",
            "log4j-to-slf4j-",
            "jul-to-slf4j-",
            "slf4j-api-",
            "snakeyaml-");

    static final Jars STARTER = of("graceful-core-", "graceful-spring-boot-starter-");

    static final Jars PROMETHEUS =
            of("micrometer-core-", "micrometer-registry-prometheus-", "prometheus-metrics-", "HdrHistogram-");

    Jars {
        beginnings = List.copyOf(beginnings);
    }

    private static Jars of(String... beginnings) {
        return new Jars(List.of(beginnings));
    }

    /** Returns the class path with {@code parts} of that of this process. */
    static String classPathOf(List<Jars> parts) {
        List<String> all = Arrays.stream(
                        System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .sorted()
                .toList();
        return Stream.concat(Stream.of(BENCHMARKS), parts.stream())
                .flatMap(part -> part.beginnings.stream())
                .flatMap(beginning -> beginningWith(beginning, all).stream())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> beginningWith(String beginning, List<String> all) {
        List<String> found = all.stream()
                .filter(entry -> String.valueOf(Path.of(entry).getFileName()).startsWith(beginning))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "Can't find a jar '" + beginning + "…' on the class path: start this as benchmarks/README.md says");
        }
        return found;
    }
}
