package io.github.graceful4j.job;

import java.util.List;

/**
 * A job that cannot be registered, or not be started with the others, because of its name or its place among them. The
 * message says what is wrong and what to write instead. Immutable and thread-safe.
 */
public final class InvalidJobException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;
    private final String[] jobs;

    /**
     * Creates the exception; for the manager, which finds such jobs.
     *
     * @param problem what is wrong, a sentence without its full stop
     * @param remedy what to write instead, a sentence without its full stop
     * @param jobs the names of the jobs that do not go together
     */
    public InvalidJobException(String problem, String remedy, List<String> jobs) {
        super(problem + ". " + remedy + ".");
        this.problem = problem;
        this.remedy = remedy;
        this.jobs = jobs.toArray(String[]::new);
    }

    /** Returns what is wrong, a sentence without its full stop. */
    public String problem() {
        return problem;
    }

    /** Returns what to write instead, a sentence without its full stop. */
    public String remedy() {
        return remedy;
    }

    /** Returns the names of the jobs that do not go together, in the order in which they are told of; immutable. */
    public List<String> jobs() {
        return List.of(jobs);
    }
}
