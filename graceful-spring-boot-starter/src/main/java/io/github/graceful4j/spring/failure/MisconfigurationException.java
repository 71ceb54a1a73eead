package io.github.graceful4j.spring.failure;

import org.jspecify.annotations.Nullable;

/**
 * What an application has set up cannot work, such as an annotated method that cannot be a job. Fails the start with a
 * failure analysis.
 */
public final class MisconfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates an exception.
     *
     * @param description what is wrong, and where
     * @param action what to write instead
     * @param cause what found it, or {@code null}
     */
    public MisconfigurationException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** Returns what to write instead. */
    String action() {
        return action;
    }
}
