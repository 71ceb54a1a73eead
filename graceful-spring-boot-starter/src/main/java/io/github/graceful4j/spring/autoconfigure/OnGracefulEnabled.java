package io.github.graceful4j.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code graceful.enabled} is false. A value that is neither true nor false fails the start of the
 * application with the name of the property, where Spring Boot's own condition would take it for a silent "no".
 */
final class OnGracefulEnabled extends SpringBootCondition {

    private static final String PROPERTY = "graceful.enabled";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean enabled = isMatch(context.getEnvironment());
        return new ConditionOutcome(enabled, ConditionMessage.of(PROPERTY + " is " + enabled));
    }

    /**
     * Returns whether the library does anything.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException if the value is neither true nor false
     */
    static boolean isMatch(Environment environment) {
        return RareProperty.get(environment, PROPERTY, Boolean.class, true);
    }
}
