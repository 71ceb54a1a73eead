package io.github.graceful4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on class data sharing, as they are typed there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGTERM")
@Timeout(600)
class ClassDataSharingIT {

    private static final Path PAGE = Path.of("../docs/class-data-sharing.md");
    private static final int FIRST_WITH_CACHE = 25;
    private static final int TERMINATED = 128 + 15;

    private final Path directory;

    ClassDataSharingIT(@TempDir Path directory) {
        this.directory = directory;
    }

    /** Returns the commands of the page that begin with something, in their order. */
    private static List<List<String>> commands(String beginning) throws Exception {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> List.of(line.split(" ")))
                .toList();
    }

    @Test
    @DisplayName("the archive that the page has you make holds the classes of the shutdown")
    void archiveHoldsTheShutdown() throws Exception {
        boolean hasCache = Runtime.version().feature() >= FIRST_WITH_CACHE;
        List<String> train = commands(hasCache ? "java -XX:AOTCacheOutput=" : "java -XX:ArchiveClassesAtExit=")
                .get(0);
        List<String> start = commands(hasCache ? "java -XX:AOTCache=" : "java -XX:SharedArchiveFile=")
                .get(0);
        Path loaded = directory.resolve("loaded.txt");

        SampleProcess.runAsTyped(commands("java -Djarmode=tools").get(0));
        assertThat(terminated(train)).isEqualTo(TERMINATED);
        List<String> watched = new ArrayList<>(start);
        watched.add(1, "-Xlog:class+load:file=" + loaded.toAbsolutePath());
        assertThat(terminated(watched)).isEqualTo(TERMINATED);

        List<String> ofTheLibrary = Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" io.github.graceful4j.internal.stop.") && line.contains("source: "))
                .toList();
        assertThat(ofTheLibrary).hasSizeGreaterThan(20).allMatch(line -> line.contains("shared objects file"));
    }

    private int terminated(List<String> command) throws Exception {
        SampleProcess sample = SampleProcess.startAsTyped(command, directory);
        try {
            return sample.terminate();
        } finally {
            sample.kill();
        }
    }
}
