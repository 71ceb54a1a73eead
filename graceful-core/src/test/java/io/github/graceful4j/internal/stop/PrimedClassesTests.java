package io.github.graceful4j.internal.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrimedClassesTests {

    private static final String ENDING = ".class";

    private static Stream<String> classes() throws Exception {
        URI location = PrimedClasses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Path root = Path.of(location).resolve(PrimedClasses.ROOT.replace('.', '/'));
        return find(root).stream()
                .map(file -> root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "."))
                .map(name -> name.substring(0, name.length() - ENDING.length()))
                .filter(name -> !name.endsWith("package-info"));
    }

    private static List<Path> find(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ENDING)).toList();
        }
    }

    @Test
    @DisplayName("C21: priming knows each class of this library, and none that there is not")
    void namesAreComplete() throws Exception {
        Stream<String> primed =
                Stream.of(PrimedClasses.ORDINARY, PrimedClasses.OTHERS).flatMap(String::lines);

        assertThat(primed)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(classes().toList());
    }
}
