package io.github.graceful4j;

import java.util.function.BooleanSupplier;

/**
 * The only registration there is. Thread-safe, as {@code undo} is.
 *
 * @param undo undoes the registration, and returns whether it did
 */
record JobRegistration(String name, BooleanSupplier undo) implements Registration {

    @Override
    public boolean cancel() {
        return undo.getAsBoolean();
    }

    @Override
    public String toString() {
        return "Registration[" + name + "]";
    }
}
