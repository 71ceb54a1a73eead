package io.github.graceful4j.work;

/** A unit of work in flight, from its admission until it is closed. Thread-safe: it may be closed by any thread. */
public interface UnitOfWork extends AutoCloseable {

    /** Ends the unit of work. Closing it again does nothing. */
    @Override
    void close();
}
