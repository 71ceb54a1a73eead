/**
 * Tells what happens: to the log, to listeners, to the flight recorder, and to whoever asks for errors later. Whoever
 * has something to tell hands it to {@link io.github.graceful4j.internal.observe.Observers} and goes on at once. What
 * is ours, such as the list of errors and the events of the recorder, is written on the calling thread. What is not, a
 * logging backend or a listener, is called on a thread of its own, in order, from a queue that is bounded. At the end
 * of a shutdown, all of them have a moment to catch up, and whoever has not is named among the errors.
 */
@NullMarked
package io.github.graceful4j.internal.observe;

import org.jspecify.annotations.NullMarked;
