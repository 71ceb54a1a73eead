package io.github.graceful4j.benchmarks.trial;

import io.github.graceful4j.benchmarks.result.Medians;

/**
 * The first time in the life of a process, which is what users see, and how it is once the JVM has compiled what it
 * takes.
 */
public final class WarmUp {

    private static final int TIMES = 12;
    private static final int WARM = 5;

    private WarmUp() {}

    /**
     * Measures the same again and again. Tells the first time as cold, and the median of the last five as warm.
     *
     * @param names what was measured, for each value of a measurement
     * @param figures takes the figures
     * @param measurement does it once
     * @throws Exception if the measurement does
     */
    public static void measure(Figures figures, Measurement measurement, String... names) throws Exception {
        long[][] nanos = new long[TIMES][];
        for (int time = 0; time < TIMES; time++) {
            nanos[time] = measurement.nanos();
            // None pays for what another one has left behind.
            System.gc();
        }
        for (int name = 0; name < names.length; name++) {
            double[] warm = new double[WARM];
            for (int time = 0; time < WARM; time++) {
                warm[time] = (double) nanos[TIMES - WARM + time][name];
            }
            figures.nanos(names[name] + ", cold", (double) nanos[0][name]);
            figures.nanos(names[name] + ", warm", Medians.of(warm));
        }
    }

    /** Does what is measured once. */
    @FunctionalInterface
    public interface Measurement {

        /**
         * Returns how long each part of it took.
         *
         * @throws Exception if the candidate fails
         */
        long[] nanos() throws Exception;
    }
}
