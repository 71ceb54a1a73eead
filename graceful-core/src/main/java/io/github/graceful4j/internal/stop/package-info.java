/**
 * The shutdown, from whoever asks for it to the report. A request comes to the
 * {@link io.github.graceful4j.internal.stop.ShutdownCoordinator}: the first fixes reason and deadline and is announced,
 * later ones can only bring the deadline forward. A thread then goes through the
 * {@link io.github.graceful4j.internal.stop.ShutdownSequence}: phase after phase, highest first, each by a
 * {@link io.github.graceful4j.internal.stop.PhaseStop}, which cancels the running jobs together, waits for them,
 * interrupts and at last gives up those that are late, waits for the units of work, and runs the shutdown jobs in their
 * order. When no phase is left, listeners and the log have a moment to catch up, the report is made and told, the JVM's
 * hook and the signal handlers go, and {@link io.github.graceful4j.internal.stop.Done} lets go whoever waits. Which
 * jobs there are is the {@link io.github.graceful4j.internal.stop.JobRegistry}'s business, and
 * {@link io.github.graceful4j.internal.stop.Priming} loads what is needed before it is.
 */
@NullMarked
package io.github.graceful4j.internal.stop;

import org.jspecify.annotations.NullMarked;
