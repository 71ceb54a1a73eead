/**
 * One job: registered, started, supervised, cancelled, interrupted, given up. A
 * {@link io.github.graceful4j.internal.job.RegisteredJob} is what was registered; each start of it makes a
 * {@link io.github.graceful4j.internal.job.JobRun}, which is the job's context, too, and knows how far the job has
 * come. A run is started on a thread of its own; if its job fails, a
 * {@link io.github.graceful4j.internal.job.Supervisor} runs it again where the policy says so. Whoever stops it cancels
 * it, watches it, interrupts it and gives it up, in this order, each within the limit that the run was told. The run
 * decides once how it ended, tells the observers, ends, and wakes up who watches it; the registered job then sees
 * whether anything follows.
 */
@NullMarked
package io.github.graceful4j.internal.job;

import org.jspecify.annotations.NullMarked;
