package io.github.graceful4j.sample.settlement;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The ledger: one line per settlement, buffered in memory and written many at a time. Thread-safe.
 *
 * <p>The table of settlements is the truth, the ledger a copy of it. A line is buffered only after its settlement was
 * committed, so the file can lack lines but has none too many. A clean shutdown flushes the buffer and lacks nothing. A
 * process that is killed loses what it had buffered, at most {@value #BUFFERED_LINES} lines, and may leave one line
 * half-written; when the service starts again, before any worker does, {@link #recover} appends the lines of exactly
 * those settlements that the file does not name. Hence no line is missing for good and none is there twice.
 *
 * <p>This holds however the process dies. It does not hold when the machine does: neither the database nor the ledger
 * waits for the disk.
 */
final class Ledger implements Closeable {

    static final int BUFFERED_LINES = 500;

    private final LedgerFile file;

    private final List<String> buffer = new ArrayList<>();

    Ledger(LedgerFile file) {
        this.file = file;
    }

    /**
     * Appends the lines that a process which was killed could not write any more.
     *
     * @return how many lines were missing
     */
    synchronized int recover(SettlementRepository settlements) throws IOException {
        BitSet written = writtenOrderNumbers();
        settlements.forEach(settlement -> {
            if (!written.get(Math.toIntExact(settlement.orderNumber()))) {
                buffer.add(LedgerLine.of(settlement));
            }
        });
        return flush();
    }

    private BitSet writtenOrderNumbers() throws IOException {
        BitSet written = new BitSet();
        file.forEachLine(line ->
                LedgerLine.orderNumber(line).ifPresent(orderNumber -> written.set(Math.toIntExact(orderNumber))));
        return written;
    }

    /** Adds the line of a settlement that was committed. */
    synchronized void append(Settlement settlement) throws IOException {
        buffer.add(LedgerLine.of(settlement));
        if (buffer.size() >= BUFFERED_LINES) {
            flush();
        }
    }

    /**
     * Writes what is buffered. If that fails, it stays buffered.
     *
     * @return how many lines were written
     */
    synchronized int flush() throws IOException {
        int lines = buffer.size();
        if (lines > 0) {
            file.append(buffer);
            buffer.clear();
        }
        return lines;
    }

    /** Writes a line that sums up what was written, past the buffer: to be true, it has to come after a flush. */
    synchronized void write(Balance balance) throws IOException {
        file.append(List.of(LedgerLine.of(balance)));
    }

    /** Closes the file and forgets what is buffered. */
    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
