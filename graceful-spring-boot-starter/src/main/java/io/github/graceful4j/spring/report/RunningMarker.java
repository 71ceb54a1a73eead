package io.github.graceful4j.spring.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that tells whether a process is running, and is locked while it is. Something in it that nobody holds a lock
 * on is what a process left that died. The file stays when a process ends, but empty: deleted under a process that is
 * just about to lock it, it would let in two of them.
 *
 * <p>Not thread-safe.
 */
final class RunningMarker implements AutoCloseable {

    private static final int LONGEST = 256;

    private final FileChannel channel;
    private final String left;

    private RunningMarker(FileChannel channel, String left) {
        this.channel = channel;
        this.left = left;
    }

    /**
     * Locks a file, which is created if it does not exist.
     *
     * @return the marker, or {@code null} if another process or application holds the lock
     * @throws IOException if the file can't be read and written
     */
    static @Nullable RunningMarker lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return new RunningMarker(channel, read(channel));
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Reads on until the buffer is full or the file ends.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).trim();
    }

    /** Returns what the process before left there; empty if it ended in order. */
    String left() {
        return left;
    }

    /** Notes that this process runs, with something to know it by. */
    void set(String content) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
    }

    /** Notes that this process has ended in order. */
    void clear() throws IOException {
        channel.truncate(0);
        channel.force(true);
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
