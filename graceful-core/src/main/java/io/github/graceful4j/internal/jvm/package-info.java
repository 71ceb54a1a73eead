/**
 * Everything that touches the process. While running jobs run, {@code KeepAlive} keeps the process alive, and all
 * threads come from {@code Threads}. A shutdown begins from here when a signal arrives, which {@code SignalHub} tells
 * to all managers of the process, or when the JVM exits, of which {@code JvmExit} hears by a hook. While it is under
 * way, {@code JvmExit} watches for jobs that call {@code System.exit}, and {@code FanOut} spreads over several threads
 * what is done to very many jobs. When the last manager is done, the hub hands the signal on to whoever handled it
 * before, which ends the JVM; a second signal that comes first prints what still runs, by {@code Dump}, and halts it.
 */
@NullMarked
package io.github.graceful4j.internal.jvm;

import org.jspecify.annotations.NullMarked;
