package io.github.graceful4j.spring.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code graceful.enabled} is false. A value that is neither true nor false fails the start of the
 * application, where Spring Boot's own condition would take it for a silent "no".
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Conditional(ConditionalOnGracefulEnabled.OnGracefulEnabled.class)
@interface ConditionalOnGracefulEnabled {

    /** Binds the property, which fails with its name. */
    final class OnGracefulEnabled extends SpringBootCondition {

        private static final String PROPERTY = "graceful.enabled";

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean enabled = RareProperty.get(context.getEnvironment(), PROPERTY, Boolean.class, true);
            return new ConditionOutcome(enabled, ConditionMessage.of(PROPERTY + " is " + enabled));
        }
    }
}
