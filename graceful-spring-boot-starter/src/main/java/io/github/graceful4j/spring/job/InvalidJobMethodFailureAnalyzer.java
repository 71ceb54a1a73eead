package io.github.graceful4j.spring.job;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with an annotated method, and what to write instead. */
final class InvalidJobMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidJobMethodException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidJobMethodException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
