package io.github.graceful4j.work;

import java.util.concurrent.RejectedExecutionException;

/**
 * Says that a unit of work was not admitted, because its tracker is draining. It has not begun, so whoever handed it in
 * may hand it in elsewhere.
 */
public final class WorkRefusedException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    WorkRefusedException() {
        super("Can't begin a unit of work: draining has begun, and only what is in flight is finished");
    }
}
