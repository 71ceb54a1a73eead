package io.github.graceful4j.spring.failure;

import io.github.graceful4j.job.InvalidJobException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says what is wrong with how an application uses jobs, and what to write instead. Of several failures that caused each
 * other the outermost explains most: it knows the method that a job is made of.
 *
 * <p>Comes before the analyzers of Spring Boot, one of which shows a wrong duration as it was understood and not as it
 * was written.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class GracefulFailureAnalyzer implements FailureAnalyzer {

    private final Environment environment;

    GracefulFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MisconfigurationException misconfiguration) {
                return new FailureAnalysis(
                        String.valueOf(misconfiguration.getMessage()), misconfiguration.action(), failure);
            }
            if (cause instanceof InvalidJobException invalid) {
                return new FailureAnalysis(invalid.problem() + ".", invalid.remedy() + ".", failure);
            }
            if (cause instanceof InvalidConfigurationPropertyValueException invalid
                    && invalid.getName().startsWith("graceful.")) {
                return analyze(invalid, failure);
            }
        }
        return null;
    }

    private FailureAnalysis analyze(InvalidConfigurationPropertyValueException invalid, Throwable failure) {
        String name = invalid.getName();
        String value = environment.getProperty(name, String.valueOf(invalid.getValue()));
        return new FailureAnalysis(
                "The property '" + name + "' has the wrong value '" + value + "'. " + invalid.getReason() + ".",
                "Change the value of '" + name + "'.",
                failure);
    }
}
