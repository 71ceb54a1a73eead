package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModuleTests {

    @Test
    @DisplayName("C25: the module shows the packages of the API, to everybody, and opens none")
    void exportsTheApiOnly() throws Exception {
        URI classes = GracefulManager.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        ModuleDescriptor module;
        try (InputStream descriptor = Files.newInputStream(Path.of(classes).resolve("module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }

        assertThat(module.exports())
                .noneMatch(ModuleDescriptor.Exports::isQualified)
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(
                        "io.github.graceful4j",
                        "io.github.graceful4j.job",
                        "io.github.graceful4j.report",
                        "io.github.graceful4j.spi",
                        "io.github.graceful4j.time",
                        "io.github.graceful4j.work");
        assertThat(module.opens()).isEmpty();
        assertThat(module.isOpen()).isFalse();
    }
}
