package io.github.graceful4j.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of a shutdown. Their names are not those of the meters, which are there without any observation and
 * have other tags.
 */
public enum GracefulObservation implements ObservationDocumentation {
    /** A whole shutdown, which is a trace of its own. */
    SHUTDOWN {
        @Override
        public String getName() {
            return "graceful.trace.shutdown";
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Key.REASON, Key.OUTCOME};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {Key.DESCRIPTION};
        }
    },

    /** One phase, from when it begins to stop; a child of the shutdown. */
    PHASE {
        @Override
        public String getName() {
            return "graceful.trace.phase";
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Key.PHASE};
        }
    },

    /**
     * One job; a child of its phase. A running job from when its phase begins to stop, a shutdown job from its start.
     */
    JOB {
        @Override
        public String getName() {
            return "graceful.trace.job";
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Key.JOB, Key.KIND, Key.OUTCOME};
        }
    };

    /** The keys of the observations. A value that is not known yet is {@code none}. */
    public enum Key implements KeyName {
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

        Key(String text) {
            this.text = text;
        }

        @Override
        public String asString() {
            return text;
        }
    }
}
