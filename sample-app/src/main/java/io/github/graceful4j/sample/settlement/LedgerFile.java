package io.github.graceful4j.sample.settlement;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A file of whole lines that only grows. Not thread-safe.
 *
 * <p>A line that a dying process left half-written is dropped when the file is opened. Lines whose writing failed are
 * overwritten by the next that are appended. (A {@code FileChannel} would be closed by the first interrupt.)
 */
final class LedgerFile implements Closeable {

    private final Path path;

    private final RandomAccessFile file;

    private long end;

    private LedgerFile(Path path, RandomAccessFile file, long end) {
        this.path = path;
        this.file = file;
        this.end = end;
    }

    static LedgerFile open(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        long end = endOfLastLine(file);
        file.setLength(end);
        return new LedgerFile(path, file, end);
    }

    private static long endOfLastLine(RandomAccessFile file) throws IOException {
        for (long end = file.length(); end > 0; end--) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                return end;
            }
        }
        return 0;
    }

    void forEachLine(Consumer<String> action) throws IOException {
        try (Stream<String> lines = Files.lines(path)) {
            lines.forEach(action);
        }
    }

    void append(List<String> lines) throws IOException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        file.seek(end);
        file.write(bytes);
        end += bytes.length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
