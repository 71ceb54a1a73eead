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
            return new KeyName[] {ObservationKey.REASON, ObservationKey.OUTCOME};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {ObservationKey.DESCRIPTION};
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
            return new KeyName[] {ObservationKey.PHASE};
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
            return new KeyName[] {ObservationKey.JOB, ObservationKey.KIND, ObservationKey.OUTCOME};
        }
    };
}
