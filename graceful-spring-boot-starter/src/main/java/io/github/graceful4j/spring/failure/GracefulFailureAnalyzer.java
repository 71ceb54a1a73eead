package io.github.graceful4j.spring.failure;

import io.github.graceful4j.InvalidJobException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says what is wrong with how an application uses jobs, and what to write instead. Of several failures that caused each
 * other the outermost explains most: it knows the method that a job is made of.
 */
final class GracefulFailureAnalyzer implements FailureAnalyzer {

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
        }
        return null;
    }
}
