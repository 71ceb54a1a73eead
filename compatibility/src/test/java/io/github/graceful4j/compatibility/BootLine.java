package io.github.graceful4j.compatibility;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringVersion;
import org.springframework.util.ClassUtils;

/** The Spring Boot line that the tests run on, as the class path has it. */
final class BootLine {

    private BootLine() {}

    /** Returns whether a context can be paused and restarted, which only Spring Framework 7 knows. */
    static boolean hasPause() {
        return ClassUtils.hasMethod(ConfigurableApplicationContext.class, "pause");
    }

    static boolean hasActuator() {
        return ClassUtils.isPresent(
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint",
                BootLine.class.getClassLoader());
    }

    /** Returns the row of the README's table that this run proves. */
    static String row(String jdks) {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        SpringBootVersion.getVersion(),
                        SpringVersion.getVersion(),
                        MeterRegistry.class.getPackage().getImplementationVersion(),
                        jdks,
                        hasPause() ? "yes" : "not in this Spring Framework",
                        hasActuator() ? "yes" : "not on Maven Central yet");
    }
}
