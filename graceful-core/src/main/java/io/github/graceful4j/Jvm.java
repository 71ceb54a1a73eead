package io.github.graceful4j;

import io.github.graceful4j.time.Ticker;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.IntConsumer;

/**
 * What the manager takes from the JVM it runs in, and tests replace.
 *
 * @param ticker tells the time that is measured
 * @param clock tells the time on the wall
 * @param hooks where JVM shutdown hooks are registered
 * @param signals where signal handlers are installed
 * @param halt ends the process at once with an exit code
 * @param threads makes the manager's own threads, which keep the process alive
 * @param flight where recordings of the JVM learn what happens
 * @param errors where is printed what no logging backend may hold up
 */
record Jvm(
        Ticker ticker,
        Clock clock,
        JvmHooks hooks,
        Signals signals,
        IntConsumer halt,
        JobThreads threads,
        FlightLog flight,
        PrintStream errors) {}
