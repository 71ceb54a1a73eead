/** Ends a Java service well: jobs stopped in order, in time, visibly. */
module io.github.graceful4j {
    requires static transitive org.jspecify;
    requires transitive org.slf4j;
    // For signals; only used by reflection, but on the module path it has to be there for that.
    requires jdk.unsupported;
    requires static jdk.jfr;

    exports io.github.graceful4j;
    exports io.github.graceful4j.job;
    exports io.github.graceful4j.report;
    exports io.github.graceful4j.spi;
    exports io.github.graceful4j.time;
    exports io.github.graceful4j.work;
}
