package io.github.graceful4j.internal.jvm;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells all managers of a process of its signals: at the first SIGTERM or SIGINT each shuts down, while the JVM is
 * still whole, and at the second the process ends.
 *
 * <p>The first signal is handed on, to the JVM, which exits, or to whoever handled it before, once and only when the
 * last manager is done: so other libraries' JVM hooks, which run side by side, do not close under the jobs what these
 * still use. Managers that come meanwhile are told when the others are done; those that come later still are left to
 * their JVM hooks, so that a program which makes managers again and again ends at all. SIGTSTP is told and then handed
 * on at once.
 *
 * <p>Handlers are installed while there are managers. A handler that somebody else installed on top stays when ours go;
 * if it hands a signal on to one of ours that has gone, that one hands it on as well.
 *
 * <p>A process has one set of signal handlers, so each class loader has one hub, {@link #ofProcess()}. That is the one
 * place in this library where managers know of each other, and the only static state; it knows them from their
 * subscription to the end of their shutdown. The hub of another class loader, whose handler is found beneath, gets the
 * signal at once, so that all shut down side by side, and waits for the managers of this one as for its own; only what
 * is printed at a second signal is about the managers of the topmost hub alone.
 *
 * <p>Thread-safe: all state is guarded by {@code this}, which is not held while a subscriber is called.
 */
public final class SignalHub {

    private static final List<String> ENDING = List.of("TERM", "INT");
    private static final String STOPPING = "TSTP";
    private static final int EXIT_CODE_OF_SIGNAL = 128;

    private static final SignalHub OF_PROCESS =
            new SignalHub(Signals.system(), Runtime.getRuntime()::halt, Threads.lasting(), () -> System.err);

    private final Signals signals;
    private final IntConsumer halt;
    private final Threads threads;
    private final Dump dump;
    private final Set<Member> members = new LinkedHashSet<>();
    private @Nullable Installation current;
    private boolean ending;

    /** Who is told of signals; nothing of it throws or blocks, except that {@link #awaitDone()} waits. */
    public interface Subscriber {

        /**
         * Requests a shutdown, without waiting for it.
         *
         * @param signal the name of the signal, such as {@code SIGTERM}
         */
        void signalled(String signal);

        /**
         * Takes note that the process is about to be suspended.
         *
         * @param signal the name of the signal
         */
        void stopSignalled(String signal);

        /** Waits until the shutdown is over, and who waited for it has had the time to say so. */
        void awaitDone();

        /**
         * Prints what still runs.
         *
         * @param target where to print it
         */
        void dump(PrintStream target);

        /**
         * Takes a line about what did not work.
         *
         * @param line the line
         */
        void note(String line);
    }

    /** That somebody is told of signals. */
    @FunctionalInterface
    public interface Subscription {

        /** Ends the subscription; does nothing if it has ended. */
        void leave();
    }

    /**
     * Creates a hub without subscribers.
     *
     * @param signals where handlers are installed
     * @param halt ends the process at once with an exit code
     * @param threads makes threads that keep the process alive
     * @param errors where is printed what still runs when the process is halted
     */
    public SignalHub(Signals signals, IntConsumer halt, Threads threads, Supplier<PrintStream> errors) {
        this.signals = signals;
        this.halt = halt;
        this.threads = threads;
        this.dump = new Dump(errors, Threads.own());
    }

    /** Returns the hub of the process, as far as this class loader reaches. */
    public static SignalHub ofProcess() {
        return OF_PROCESS;
    }

    /**
     * Tells {@code subscriber} of signals from now on.
     *
     * @param subscriber whom to tell
     * @return what ends that
     */
    public Subscription subscribe(Subscriber subscriber) {
        Member member = new Member(subscriber);
        List<String> refused;
        synchronized (this) {
            members.add(member);
            if (current == null) {
                current = install();
            }
            refused = List.copyOf(current.refused);
        }
        refused.forEach(member::note);
        return () -> leave(member);
    }

    private Installation install() {
        Installation installation = new Installation();
        for (String name : ENDING) {
            install(installation, name, arrival -> end(installation, name, arrival));
        }
        if (installation.refused.isEmpty()) {
            // With -Xrs, the JVM would take this one and tell nobody of it.
            install(installation, STOPPING, arrival -> stop(installation, arrival));
        }
        return installation;
    }

    private void install(Installation installation, String name, Signals.Handler handler) {
        try {
            installation.undo.add(signals.install(name, handler));
        } catch (UnsupportedOperationException e) {
            installation.refused.add(e.getMessage() + "; the JVM's shutdown hook is left");
        }
    }

    private synchronized void leave(Member member) {
        Installation installed = current;
        if (!members.remove(member) || !members.isEmpty() || installed == null) {
            return;
        }
        current = null;
        for (Runnable undo : installed.undo) {
            try {
                undo.run();
            } catch (UnsupportedOperationException e) {
                member.note("A signal handler stays installed, and does nothing any more (" + e.getMessage() + ")");
            }
        }
    }

    private void stop(Installation by, Signals.Arrival arrival) {
        List<Member> told = membersOf(by);
        told.forEach(member -> member.attempt(subscriber -> subscriber.stopSignalled("SIG" + STOPPING)));
        handOn(arrival, told);
    }

    private void end(Installation by, String name, Signals.Arrival arrival) {
        List<Member> told;
        boolean second;
        synchronized (this) {
            told = membersOf(by);
            second = ending && !told.isEmpty();
            ending |= !told.isEmpty();
        }
        if (second) {
            halt("SIG" + name, arrival.number(), told);
        } else if (told.isEmpty() && arrival.guests().isEmpty()) {
            handOn(arrival, told);
        } else {
            told.forEach(member -> member.tell("SIG" + name));
            waitThenHandOn(name, arrival, told);
        }
    }

    /** Returns whom a handler has to tell: nobody, when it was put back, and somebody else hands signals on to it. */
    private synchronized List<Member> membersOf(Installation by) {
        return by == current ? List.copyOf(members) : List.of();
    }

    private void halt(String signal, int number, List<Member> running) {
        dump.print(target -> {
            target.println("Received " + signal + " while shutting down; halting. Still running:");
            running.forEach(member -> member.attempt(subscriber -> subscriber.dump(target)));
        });
        halt.accept(EXIT_CODE_OF_SIGNAL + number);
    }

    private void waitThenHandOn(String name, Signals.Arrival arrival, List<Member> told) {
        Runnable wait = () -> {
            awaitAll("SIG" + name, told);
            arrival.guests().forEach(Runnable::run);
        };
        Runnable waitAsGuest = () -> {
            wait.run();
            ended(told);
        };
        if (!handOnToHub(arrival, waitAsGuest, told)) {
            // On a thread that keeps the process alive: that of the signal does not, and then main could end the
            // process, with an exit code of its own, between the end of the shutdown and the handing on.
            onLastingThread("graceful-" + name, () -> {
                wait.run();
                handOn(arrival, told);
                ended(told);
            });
        }
    }

    private void awaitAll(String signal, List<Member> told) {
        told.forEach(member -> member.attempt(Subscriber::awaitDone));
        List<Member> late = others(told);
        late.forEach(member -> member.tell(signal));
        late.forEach(member -> member.attempt(Subscriber::awaitDone));
    }

    private synchronized List<Member> others(List<Member> told) {
        List<Member> others = new ArrayList<>(members);
        others.removeAll(told);
        return told.isEmpty() ? List.of() : others;
    }

    private static boolean handOnToHub(Signals.Arrival arrival, Runnable guest, List<Member> told) {
        try {
            return arrival.handOnToHub(guest);
        } catch (Throwable e) {
            told.forEach(member -> member.note("The signal could not be handed on at once: " + e));
            return false;
        }
    }

    private static void handOn(Signals.Arrival arrival, List<Member> told) {
        try {
            arrival.handOn();
        } catch (Throwable e) {
            told.forEach(member -> member.note("The signal could not be handed on: " + e));
        }
    }

    /** Lets the next signal be a first one again, if the one that was handed on did not end the process. */
    private synchronized void ended(List<Member> told) {
        ending &= told.isEmpty();
    }

    private void onLastingThread(String name, Runnable work) {
        try {
            threads.newThread(name, work).start();
        } catch (OutOfMemoryError e) {
            // It is how Java says that there can't be another thread; then that of the signal does it.
            work.run();
        }
    }

    /** The handlers that were installed together. */
    private static final class Installation {

        private final List<Runnable> undo = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
    }

    /** A subscriber, from whom nothing escapes. */
    private static final class Member {

        private final Subscriber subscriber;

        private Member(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        private void tell(String signal) {
            attempt(told -> told.signalled(signal));
        }

        private void attempt(Consumer<Subscriber> call) {
            try {
                call.accept(subscriber);
            } catch (Throwable e) {
                note("A manager could not be told of a signal: " + e);
            }
        }

        private void note(String line) {
            try {
                subscriber.note(line);
            } catch (Throwable e) {
                // There is nobody left to tell; the others must have their turn.
            }
        }
    }
}
