package io.github.graceful4j.benchmarks.trial;

/** The process in which one candidate is measured. */
public final class Child {

    private Child() {}

    /**
     * Runs the trial of a candidate, and exits.
     *
     * @param args the classes of the trial and of the candidate, and the amount
     * @throws Exception if the candidate fails
     */
    public static void main(String[] args) throws Exception {
        @SuppressWarnings("unchecked") // who starts this process has checked that the two fit
        Trial<Object> trial = (Trial<Object>) create(args[0]);
        trial.measure(create(args[1]), Integer.parseInt(args[2]), new Figures());
        System.out.flush();
        // Threads that a candidate has left behind must not keep the next one from its turn.
        Runtime.getRuntime().halt(0);
    }

    private static Object create(String type) throws ReflectiveOperationException {
        return Class.forName(type).getConstructor().newInstance();
    }
}
