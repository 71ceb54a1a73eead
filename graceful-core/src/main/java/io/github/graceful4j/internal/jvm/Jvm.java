package io.github.graceful4j.internal.jvm;

import io.github.graceful4j.time.Ticker;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What a manager takes from the JVM it runs in, and tests replace. Immutable and thread-safe.
 *
 * @param ticker tells the time that is measured
 * @param clock tells the time on the wall
 * @param hooks where JVM shutdown hooks are registered
 * @param signals tells of signals, and also halts the process and prints what still runs; {@code null} if neither these
 *     nor the exit of the JVM are a reason to shut down
 * @param threads makes the manager's own threads, which keep the process alive
 */
public record Jvm(
        Ticker ticker,
        Clock clock,
        JvmHooks hooks,
        @Nullable SignalHub signals,
        Threads threads) {}
