package io.github.graceful4j.job;

/**
 * What follows when a running job throws. The failure is recorded in any case. Immutable and thread-safe.
 *
 * @see #recordOnly()
 * @see #shutDown()
 * @see #restart()
 */
public abstract sealed class FailurePolicy permits FailurePolicy.WithoutRestart, RestartPolicy {

    /** What to do when a running job throws. */
    public enum Action {
        /** Nothing more; the other jobs go on. */
        RECORD,
        /** Shut down the manager; the failure is the reason. */
        SHUT_DOWN,
        /** Start the job again after a while. */
        RESTART
    }

    private static final FailurePolicy RECORD_ONLY = new WithoutRestart(Action.RECORD);
    private static final FailurePolicy SHUT_DOWN = new WithoutRestart(Action.SHUT_DOWN);

    FailurePolicy() {}

    /** Returns the policy that only records the failure, while the other jobs go on: the default. */
    public static FailurePolicy recordOnly() {
        return RECORD_ONLY;
    }

    /** Returns the policy that shuts down the manager, with the failure as the reason. */
    public static FailurePolicy shutDown() {
        return SHUT_DOWN;
    }

    /**
     * Returns the policy that restarts the job, after one second at first and twice as long each time up to a minute,
     * each delay shortened by chance by up to half, any number of times.
     */
    public static RestartPolicy restart() {
        return RestartPolicy.DEFAULTS;
    }

    /** Returns what to do first when the job throws. */
    public abstract Action action();

    /** Returns whether a failure after which the job is not started again shuts down the manager. */
    public abstract boolean shutsDownAtLast();

    /** Both policies there are that leave a failed job alone; a restart has more to be said about. */
    static final class WithoutRestart extends FailurePolicy {

        private final Action action;

        private WithoutRestart(Action action) {
            this.action = action;
        }

        @Override
        public Action action() {
            return action;
        }

        @Override
        public boolean shutsDownAtLast() {
            return action == Action.SHUT_DOWN;
        }

        @Override
        public String toString() {
            return action == Action.SHUT_DOWN ? "shut down" : "record only";
        }
    }
}
