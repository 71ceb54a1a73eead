package io.github.graceful4j.spring.observation;

import io.micrometer.common.docs.KeyName;

/** The keys of the observations. A value that is not known yet is {@code none}. */
public enum ObservationKey implements KeyName {
    /** Who asked for the shutdown, such as {@code signal} or {@code context_closed}. */
    REASON("reason"),
    /** Why, as text. */
    DESCRIPTION("description"),
    /** How the shutdown or the job ended. */
    OUTCOME("outcome"),
    /** The number of the phase. */
    PHASE("phase"),
    /** The name of the job. */
    JOB("job"),
    /** Which kind of job it is: {@code running} or {@code shutdown}. */
    KIND("kind");

    private final String text;

    ObservationKey(String text) {
        this.text = text;
    }

    @Override
    public String asString() {
        return text;
    }
}
