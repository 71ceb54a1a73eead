package io.github.graceful4j.benchmarks.trial;

/** Tells the process that compares what was measured in this one. */
public final class Figures {

    /** How a line begins that has a figure: unit, value and name follow. */
    public static final String FIGURE = "figure ";

    /** The line that says that the process awaits its signal. */
    public static final String READY = "ready for the signal";

    private static final double NANOS_PER_MILLI = 1_000_000;

    Figures() {}

    /**
     * Tells a duration.
     *
     * @param name what was measured
     * @param nanos how many nanoseconds it took
     */
    public void nanos(String name, double nanos) {
        tell(name, "ms", nanos / NANOS_PER_MILLI);
    }

    /**
     * Tells a figure.
     *
     * @param name what was measured
     * @param unit the unit of the value
     * @param value what it came to
     */
    public void tell(String name, String unit, double value) {
        System.out.println(FIGURE + unit + " " + value + " " + name);
    }
}
