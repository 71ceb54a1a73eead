package io.github.graceful4j;

import io.github.graceful4j.time.Ticker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every job of a manager needs to run.
 *
 * @param request the shutdown that was requested, or {@code null} while there is none
 */
record JobServices(
        Ticker ticker,
        JobThreads threads,
        KeepAlive keepAlive,
        ErrorLog errors,
        ListenerNotifier listeners,
        FlightLog flight,
        SafeLogger logger,
        Supplier<@Nullable ShutdownRequest> request) {}
