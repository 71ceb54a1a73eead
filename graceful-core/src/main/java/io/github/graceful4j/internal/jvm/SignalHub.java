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
            new SignalHub(Signals.system(), ThisProcess.INSTANCE, Threads.lasting(), ThisProcess.INSTANCE);

    private final Signals signals;
    private final IntConsumer halt;
    private final Threads threads;
    private final Supplier<PrintStream> errors;
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
        this.errors = errors;
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
        for (String line : refused) {
            member.note(line);
        }
        return member;
    }

    private Installation install() {
        Installation installation = new Installation();
        for (String name : ENDING) {
            install(installation, name);
        }
        if (installation.refused.isEmpty()) {
            // With -Xrs, the JVM would take this one and tell nobody of it.
            install(installation, STOPPING);
        }
        return installation;
    }

    private void install(Installation installation, String name) {
        try {
            installation.undo.add(signals.install(name, new Reaction(installation, name)));
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
            tell("SIG" + name, told);
            waitThenHandOn(name, arrival, told);
        }
    }

    /** Returns whom a handler has to tell: nobody, when it was put back, and somebody else hands signals on to it. */
    private synchronized List<Member> membersOf(Installation by) {
        return by == current ? List.copyOf(members) : List.of();
    }

    private void halt(String signal, int number, List<Member> running) {
        new Dump(errors, Threads.own()).print(target -> {
            target.println("Received " + signal + " while shutting down; halting. Still running:");
            running.forEach(member -> member.attempt(subscriber -> subscriber.dump(target)));
        });
        halt.accept(EXIT_CODE_OF_SIGNAL + number);
    }

    private static void tell(String signal, List<Member> told) {
        for (Member member : told) {
            member.tell(signal);
        }
    }

    private void waitThenHandOn(String name, Signals.Arrival arrival, List<Member> told) {
        if (!handOnToHub(arrival, new Wait(name, arrival, told, false), told)) {
            // On a thread that keeps the process alive: that of the signal does not, and then main could end the
            // process, with an exit code of its own, between the end of the shutdown and the handing on.
            onLastingThread("graceful-" + name, new Wait(name, arrival, told, true));
        }
    }

    private void awaitAll(String signal, List<Member> told) {
        awaitDone(told);
        List<Member> late = others(told);
        tell(signal, late);
        awaitDone(late);
    }

    private static void awaitDone(List<Member> told) {
        for (Member member : told) {
            member.awaitDone();
        }
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

    /** What is done at a signal that was installed for. */
    private final class Reaction implements Signals.Handler {

        private final Installation installation;
        private final String name;

        private Reaction(Installation installation, String name) {
            this.installation = installation;
            this.name = name;
        }

        @Override
        public void handle(Signals.Arrival arrival) {
            if (name.equals(STOPPING)) {
                stop(installation, arrival);
            } else {
                end(installation, name, arrival);
            }
        }
    }

    /** Waits until all managers are done, those of other hubs as well, and then hands the signal on, if it is to. */
    private final class Wait implements Runnable {

        private final String name;
        private final Signals.Arrival arrival;
        private final List<Member> told;
        private final boolean handsOn;

        private Wait(String name, Signals.Arrival arrival, List<Member> told, boolean handsOn) {
            this.name = name;
            this.arrival = arrival;
            this.told = told;
            this.handsOn = handsOn;
        }

        @Override
        public void run() {
            awaitAll("SIG" + name, told);
            for (Runnable guest : arrival.guests()) {
                guest.run();
            }
            if (handsOn) {
                handOn(arrival, told);
            }
            ended(told);
        }
    }

    /** How the process ends, and where it says so. */
    private enum ThisProcess implements IntConsumer, Supplier<PrintStream> {
        INSTANCE;

        @Override
        public void accept(int exitCode) {
            Runtime.getRuntime().halt(exitCode);
        }

        @Override
        public PrintStream get() {
            return System.err;
        }
    }

    /** A subscriber, from whom nothing escapes. */
    private final class Member implements Subscription {

        private final Subscriber subscriber;

        private Member(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void leave() {
            SignalHub.this.leave(this);
        }

        private void tell(String signal) {
            try {
                subscriber.signalled(signal);
            } catch (Throwable e) {
                noteFailure(e);
            }
        }

        private void awaitDone() {
            try {
                subscriber.awaitDone();
            } catch (Throwable e) {
                noteFailure(e);
            }
        }

        private void attempt(Consumer<Subscriber> call) {
            try {
                call.accept(subscriber);
            } catch (Throwable e) {
                noteFailure(e);
            }
        }

        private void noteFailure(Throwable thrown) {
            note("A manager could not be told of a signal: " + thrown);
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
