package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;

@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class WhatStopsWhenIT {

    private static final Path README = Path.of("..", "..", "README.md");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("S17: S19: each component stops where the README's table says, and none is missing there")
    void tableIsTrue() throws IOException {
        List<StopRow> table = StopRow.of(Files.readAllLines(README)).stream()
                .filter(row -> row.isOn(String.valueOf(SpringBootVersion.getVersion())))
                .toList();

        List<StopRow> observed = closeAnApplication(table);

        assertThat(table)
                .as("the table of what stops when in README.md, of %s", SpringBootVersion.getVersion())
                .containsExactlyInAnyOrderElementsOf(observed);
    }

    /** Returns the rows as they have to be, each in the words of the table where it has one. */
    private List<StopRow> closeAnApplication(List<StopRow> table) throws IOException {
        Path file = directory.resolve("shutdown.json");
        ConfigurableApplicationContext application = WebApplication.start(
                StoppingComponents.class,
                "--graceful.report.file=" + file,
                "--logging.level.org.apache.kafka=off",
                "--logging.level.org.springframework.amqp=off",
                "--logging.level.org.springframework.jms=off");
        Destructions destructions = application.getBean(Destructions.class);
        Set<String> lifecycleBeans = application.getBeansOfType(Lifecycle.class).keySet();

        application.close();

        ObservedStops report = new ObservedStops(Files.readString(file));
        Map<String, StopRow.Place> places = new TreeMap<>(destructions.places());
        places.keySet().removeIf(name -> rowOf(table, name, destructions.typeOf(name)) == null);
        report.sourcePlaces().forEach((name, place) -> {
            if (lifecycleBeans.contains(name)) { // it was stopped as a source, before its own phase
                places.put(name, place);
            }
        });
        places.putAll(report.beanPlaces());
        places.keySet().removeIf(name -> name.startsWith("graceful"));
        List<StopRow> rows = new ArrayList<>();
        places.forEach((name, place) -> {
            StopRow row = rowOf(table, name, destructions.typeOf(name));
            rows.add(
                    row == null
                            ? new StopRow("?", name, place, "?")
                            : new StopRow(row.component(), row.bean(), place, row.lines()));
        });
        return rows;
    }

    /** Returns the row of a bean, which is there by its name, or else by its class. */
    private static @Nullable StopRow rowOf(List<StopRow> table, String name, String type) {
        return Stream.of(name, type)
                .flatMap(key -> table.stream().filter(row -> row.bean().equals(key)))
                .findFirst()
                .orElse(null);
    }
}
