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
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code management.health.graceful.enabled} is false, or all health indicators are off by default.
 * Spring Boot's own annotation for that is in another package in each line.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Conditional(ConditionalOnGracefulHealth.OnGracefulHealth.class)
@interface ConditionalOnGracefulHealth {

    /** Looks at the two properties. */
    final class OnGracefulHealth extends SpringBootCondition {

        private static final String OWN = "management.health.graceful.enabled";
        private static final String DEFAULTS = "management.health.defaults.enabled";

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            String property = environment.containsProperty(OWN) ? OWN : DEFAULTS;
            boolean enabled = environment.getProperty(property, Boolean.class, true);
            return new ConditionOutcome(enabled, ConditionMessage.of(property + " is " + enabled));
        }
    }
}
